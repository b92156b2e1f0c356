"""Sphinx's settings for the site: `npm run site` runs it once for each language."""

import os
import sys
from pathlib import Path

language = os.environ["SITE_LANGUAGE"]
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
IS_POLISH = language == "pl"

project = "Redis lab notebooks"
html_title = "Redis i zadania w tle" if IS_POLISH else "Redis and background jobs"
root_doc = "index"
extensions = ["myst_nb"]
# Of what Furo says, Sphinx has no Polish; copied there, because Sphinx compiles it beside itself.
locale_dirs = [os.environ["SITE_LOCALE"]]

# The lexer of TypeScript does not know all regular expressions; then it colours what it knows.
suppress_warnings = ["misc.highlighting_failure"]

nb_execution_mode = "off"
nb_code_prompt_show = "Pokaż rozwiązanie" if IS_POLISH else "Show the solution"
nb_code_prompt_hide = "Ukryj rozwiązanie" if IS_POLISH else "Hide the solution"
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]
templates_path = [str(HERE / "templates")]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_theme_options = {"top_of_page_buttons": []}
html_copy_source = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False
# Nothing that changes from day to day.
html_last_updated_fmt = None


def setup(app):
    from readable import make_readable

    app.connect("build-finished", lambda app, error: error or make_readable(app.outdir, language))
