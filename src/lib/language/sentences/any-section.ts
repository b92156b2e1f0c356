/** What any exercise may say. `{}` is filled in; `{2}` with the second text of the English sentence. */
export const OF_ANY: Readonly<Record<string, string>> = {
  "Another token should leave the lock alone.": "Inny token powinien zostawić blokadę w spokoju.",
  "Another token should give 0.": "Inny token powinien dać 0.",
  "The owner's token should delete the lock.": "Token właściciela powinien usunąć blokadę.",
  "The owner's token should give 1.": "Token właściciela powinien dać 1.",
  "There is no lock any more: 0.": "Blokady już nie ma: 0.",
  "it took the lock over, and you deleted its lock.":
    "przejął blokadę, a jego blokada została przez Ciebie usunięta.",
  "The answer should be a function.": "Odpowiedź powinna być funkcją.",
  "{} should throw an error, but gave {}.": "{} powinno rzucić błąd, a dało {}.",
  "{} threw {}": "{}: rzucony został błąd {}",
  "{} did not end within {} seconds.": "{} nie skończyło się w ciągu {} sekund.",
  "{} did not wait for {}: write `await` before the call.":
    "{} nie czeka na {}: napisz `await` przed wywołaniem.",
  "{} gives promises, not their values: await each, or use Promise.all.":
    "{} daje obietnice, a nie ich wartości: poczekaj (await) na każdą albo użyj Promise.all.",
  "Right result, but nothing was sent to Redis: let Redis work it out.":
    "Wynik jest dobry, ale nic nie zostało wysłane do Redisa: niech policzy to Redis.",
  "Right result, and nobody can come in between, but it took {} commands ({}) where one is enough.":
    "Wynik jest dobry i nikt nie może wejść w środek, ale użyto {} poleceń ({}), a wystarczy jedno.",
  "Right result, but {} commands ({}): {}.": "Wynik jest dobry, ale to {} polecenia ({}): {}.",
  "Right result, but by {}: the task asks for {}.":
    "Wynik jest dobry, ale przez {}: zadanie prosi o {}.",
  "Right result, but {} brought {} elements to pick from: ask Redis for no more than you need.":
    "Wynik jest dobry, ale {} przyniosło {} elementów do wyboru: poproś Redisa tylko o tyle, ile potrzebujesz.",
  "Another client was first: {}": "Inny klient był pierwszy: {}",
  "Another client came between {}: {}": "Między {} wszedł inny klient: {}",
  "another client can come between them": "między nie może wejść inny klient",
  "the promise of {}": "obietnicę z {}",
  nothing: "nic",
  none: "brak",
};
