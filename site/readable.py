"""What the theme leaves undone for screen readers, keyboards and Polish readers, put into its pages."""

import re
from pathlib import Path

# Words that the theme does not have translated.
POLISH = {
    "Toggle Light / Dark / Auto color theme": "Jasny, ciemny lub systemowy motyw",
    "Toggle table of contents sidebar": "Pokaż lub ukryj spis treści strony",
    "Toggle site navigation sidebar": "Pokaż lub ukryj spis notatników",
    "Hide navigation sidebar": "Ukryj spis notatników",
    "Hide table of contents sidebar": "Ukryj spis treści strony",
    "Skip to content": "Przejdź do treści",
    "Light mode": "Tryb jasny",
    "Dark mode": "Tryb ciemny",
    "Auto light/dark, in light mode": "Tryb systemowy, teraz jasny",
    "Auto light/dark, in dark mode": "Tryb systemowy, teraz ciemny",
    "Link to this heading": "Odnośnik do tego nagłówka",
    "Menu": "Menu",
    "Expand": "Rozwiń",
    "Contents": "Spis treści",
}


def readable(page: str, language: str) -> str:
    is_polish = language == "pl"
    pages = "Notatniki" if is_polish else "Notebooks"
    contents = "Na tej stronie" if is_polish else "On this page"
    search = "Szukaj" if is_polish else "Search"
    # Headings of the list of pages; two regions that need names; what they say is their label.
    page = page.replace('class="caption" role="heading"', 'class="caption" role="heading" aria-level="2"')
    page = page.replace('<aside class="sidebar-drawer"', f'<aside aria-label="{pages}" class="sidebar-drawer"')
    page = page.replace('<aside class="toc-drawer', f'<aside aria-label="{contents}" class="toc-drawer')
    page = page.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    # What scrolls can be reached by the keyboard.
    page = page.replace("<pre>", '<pre tabindex="0">')
    page = page.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    if '<div id="search-results"' in page and "<h1" not in re.sub(r"<noscript>.*?</noscript>", "", page, flags=re.S):
        page = page.replace('<article role="main" id="furo-main-content">', f'<article role="main" id="furo-main-content">\n<h1 class="visually-hidden">{search}</h1>')
    if is_polish:
        for english, polish in POLISH.items():
            page = page.replace(f'"{english}"', f'"{polish}"').replace(f">{english}<", f">{polish}<")
            page = re.sub(rf"(>\s*){re.escape(english)}(\s*<)", rf"\g<1>{polish}\g<2>", page)
    return page


def make_readable(folder: str, language: str) -> None:
    for file in Path(folder).glob("*.html"):
        page = file.read_text(encoding="utf-8")
        file.write_text(readable(page, language), encoding="utf-8")
