/** Messages, streams, transactions, scripts, notifications. `{}` is filled in; `{2}` with the second text of the English sentence. */
export const OF_4_TO_8: Readonly<Record<string, string>> = {
  "the star goes where the name of the service stands": "gwiazdka stoi tam, gdzie nazwa usługi",
  "{} should return a pattern, a string.": "{} powinno zwrócić wzorzec, czyli napis.",
  "The pattern {} should {}.": "Wzorzec {} powinien {}.",
  "The pattern {} should not match the errors of another log.":
    "Wzorzec {} nie powinien pasować do błędów innego dziennika.",
  "cut at tasks_": "przetnij na tasks_",
  "The kind is all that follows tasks_.": "Rodzaj to wszystko, co następuje po tasks_.",
  "PUBLISH counts the receivers": "PUBLISH liczy odbiorców",
  "The message should be the value as JSON.": "Wiadomość powinna być wartością jako JSON.",
  "Somebody listens: the call should return true.": "Ktoś słucha: wywołanie powinno zwrócić true.",
  "Nobody listens: the call should return false.":
    "Nikt nie słucha: wywołanie powinno zwrócić false.",
  "store first, then publish": "najpierw zapisz, potem opublikuj",
  "The key should hold the price.": "Pod kluczem powinna być cena.",
  "The channel should carry the price.": "Kanałem powinna pójść cena.",
  "it had heard the new price, and found the old one under the key.":
    "usłyszał nową cenę, a pod kluczem znalazł starą.",
  "XREVRANGE with COUNT 1; values are strings": "XREVRANGE z COUNT 1; wartości to napisy",
  "The newest entry says {}, which should come as a number.":
    "Najnowszy wpis mówi {}; powinno to przyjść jako liczba.",
  "from (id to +, COUNT 2": "od (id do +, COUNT 2",
  "After {} should come {}.": "Po {} powinno przyjść {}.",
  "MAXLEN stands before the id": "MAXLEN stoi przed id",
  "After {} calls, the last {} should be there.":
    "Po tylu wywołaniach: {}, powinno być tyle ostatnich: {}.",
  "in between, there are four entries": "w międzyczasie są cztery wpisy",
  "COUNT 1 stands before BLOCK, and null is a reply":
    "COUNT 1 stoi przed BLOCK, a null to też odpowiedź",
  "The first entry after {} is {}.": "Pierwszy wpis po {} to {}.",
  "There is no entry after 2-0, and none came: the call should return null.":
    "Po 2-0 nie ma wpisu i żaden nie przyszedł: wywołanie powinno zwrócić null.",
  "The call should wait: entry 3-0 came meanwhile, and should be given.":
    "Wywołanie powinno czekać: w tym czasie przyszedł wpis 3-0 i powinien zostać zwrócony.",
  "two keys, then two ids": "dwa klucze, potem dwa id",
  "The call should wait, and give the key of the stream that has news.":
    "Wywołanie powinno czekać i zwrócić klucz strumienia, w którym jest coś nowego.",
  'Old entries are no news: nothing came, so "nobody".':
    'Stare wpisy to nic nowego: nic nie przyszło, więc "nobody".',
  "XREADGROUP with COUNT 1 and the id >, then XACK": "XREADGROUP z COUNT 1 i id >, potem XACK",
  "Each entry that was taken should be confirmed.":
    "Każdy wzięty wpis powinien zostać potwierdzony.",
  "The entries should stay in the stream.": "Wpisy powinny zostać w strumieniu.",
  "JUSTID makes the reply simpler": "JUSTID upraszcza odpowiedź",
  "Pending: {}.": "Niepotwierdzone: {}.",
  "What was taken over should be confirmed.": "To, co przejęto, powinno zostać potwierdzone.",
  "New entries should stay in the stream.": "Nowe wpisy powinny zostać w strumieniu.",
  "each entry is a pair, the error first": "każdy wpis to para, najpierw błąd",
  "The call should return the results alone.": "Wywołanie powinno zwrócić same wyniki.",
  "No replies, no results.": "Nie ma odpowiedzi, nie ma wyników.",
  "The error of an entry should be thrown.": "Błąd z wpisu powinien zostać rzucony.",
  "Throw an Error.": "Rzuć Error.",
  "two commands, one step": "dwa polecenia, jeden krok",
  "100 and 20: {} should go from one to the other.":
    "100 i 20: {} powinno przejść z jednego na drugie.",
  "The call should return both new values, as numbers.":
    "Wywołanie powinno zwrócić obie nowe wartości, jako liczby.",
  "it saw the amount missing, or twice: the sum was wrong.":
    "nie widział kwoty albo widział ją dwa razy: suma się nie zgadzała.",
  "watch, read, decide, write, and perhaps once more":
    "obserwuj, odczytaj, zdecyduj, zapisz i może jeszcze raz",
  "{} seats are free: the call should return {}.":
    "Wolnych miejsc jest {}: wywołanie powinno zwrócić {}.",
  "{} seats were free.": "Wolnych miejsc było {}.",
  "it saw less than no free seats.": "zobaczył mniej niż zero wolnych miejsc.",
  "the last seat was sold twice.": "ostatnie miejsce sprzedano dwa razy.",
  "it took the last seat.": "zajął ostatnie miejsce.",
  "Three seats, five people at once: three should get one.":
    "Trzy miejsca, pięć osób naraz: trzy powinny je dostać.",
  "In the end no seat should be free.": "Na końcu żadne miejsce nie powinno być wolne.",
  "only a string keeps what comes after the decimal point":
    "tylko napis zachowuje to, co jest po przecinku",
  "The average of {} and {} should be the number {}.": "Średnią {} i {} powinna być liczba {}.",
  "if ... then return ... else return ... end": "if ... then return ... else return ... end",
  "{} is {}.": "{} to {}.",
  "Right result, but the script did not decide: it was not told n.":
    "Wynik jest dobry, ale to nie skrypt zdecydował: nie dostał n.",
  "an array ends at the first nil, and false keeps its place":
    "tablica kończy się na pierwszym nil, a false zachowuje swoje miejsce",
  "All three elements should come through.": "Przejść powinny wszystkie trzy elementy.",
  "all of ARGV at once": "całe ARGV naraz",
  "All words should come back as one string, joined by dashes.":
    "Wszystkie słowa powinny wrócić jako jeden napis, połączone myślnikami.",
  "Right result, but the script did not join.": "Wynik jest dobry, ale to nie skrypt połączył.",
  "first the number of keys, then the keys, then the arguments":
    "najpierw liczba kluczy, potem klucze, potem argumenty",
  "The script should count the keys first, then the arguments.":
    "Skrypt powinien policzyć najpierw klucze, potem argumenty.",
  "Right result, but the script did not count.": "Wynik jest dobry, ale to nie skrypt policzył.",
  tonumber: "tonumber",
  "The largest should come back, compared as a number.":
    "Wrócić powinna największa, porównana jako liczba.",
  "Right result, but the script did not compare.": "Wynik jest dobry, ale to nie skrypt porównał.",
  "from where to where?": "skąd dokąd?",
  "The squares of 1 to {} should come back.": "Wrócić powinny kwadraty liczb od 1 do {}.",
  "Right result, but the script did not compute.": "Wynik jest dobry, ale to nie skrypt obliczył.",
  "append, so that there are no gaps": "dopisuj na końcu, żeby nie było luk",
  "All even numbers should come back, as numbers, and no others.":
    "Wrócić powinny wszystkie liczby parzyste, jako liczby, i żadne inne.",
  "Right result, but the script did not choose.": "Wynik jest dobry, ale to nie skrypt wybrał.",
  "a table for each field": "tabela dla każdego pola",
  "The object should have the name and the age, which is a number.":
    "Obiekt powinien mieć imię i wiek, który jest liczbą.",
  "price times count": "cena razy liczba",
  "The call should return the cost of the whole order.":
    "Wywołanie powinno zwrócić koszt całego zamówienia.",
  "Right result, but the script did not get the order.":
    "Wynik jest dobry, ale skrypt nie dostał zamówienia.",
  "note.tags = note.tags or {}": "note.tags = note.tags or {}",
  "The call should return the number of tags.": "Wywołanie powinno zwrócić liczbę etykiet.",
  "The document should hold its title and both tags.":
    "W dokumencie powinien być tytuł i obie etykiety.",
  "the tag that it added is lost.": "etykieta, którą dodał, przepadła.",
  "if redis.call('GET', ...) == ARGV[1] then": "if redis.call('GET', ...) == ARGV[1] then",
  "INCR, EXPIRE when the count is 1, and tonumber(ARGV[1])":
    "INCR, EXPIRE, gdy licznik wynosi 1, i tonumber(ARGV[1])",
  "The first call should give 1.": "Pierwsze wywołanie powinno dać 1.",
  "The first call should set {} seconds.": "Pierwsze wywołanie powinno ustawić {} sekund.",
  "Call {} of at most {} should give {}.": "Wywołanie {} z najwyżej {} powinno dać {}.",
  "A later call should leave the expiry as it is.":
    "Późniejsze wywołanie powinno zostawić czas wygaśnięcia bez zmian.",
  "a program that stops in between leaves a count that never expires":
    "program, który zatrzyma się w międzyczasie, zostawi licznik, który nigdy nie wygaśnie",
  "new = new + ...": "new = new + ...",
  "There is no such permission: the call should return null.":
    "Nie ma takiego uprawnienia: wywołanie powinno zwrócić null.",
  "An unknown permission should write nothing.":
    "Nieznane uprawnienie nie powinno niczego zapisać.",
  "{} of the 4 users did not have the permission yet.":
    "Spośród 4 użytkowników {} nie miało jeszcze tego uprawnienia.",
  "All members of the group should have the permission now.":
    "Wszyscy członkowie grupy powinni mieć teraz to uprawnienie.",
  "a loop of its own, before the one that writes": "osobna pętla, przed tą, która zapisuje",
  "One name is unknown: nothing should be written.":
    "Jedna nazwa jest nieznana: nic nie powinno zostać zapisane.",
  "One name is unknown: the call should return null.":
    "Jedna nazwa jest nieznana: wywołanie powinno zwrócić null.",
  "The user has {} permissions now.": "Użytkownik ma teraz tyle uprawnień: {}.",
  "The user should have all that were given.": "Użytkownik powinien mieć wszystkie, które dostał.",
  "a function above does this": "robi to funkcja powyżej",
  "Redis was asked: find out without it.": "Zapytano Redisa: dowiedz się bez niego.",
  "The hash should be the one Redis gives.": "Skrót powinien być taki, jak podaje Redis.",
  "SCRIPT EXISTS replies with an array": "SCRIPT EXISTS odpowiada tablicą",
  "The server has this script: the call should return true.":
    "Serwer ma ten skrypt: wywołanie powinno zwrócić true.",
  "The server has never seen the script: false, also the {} time.":
    "Serwer nigdy nie widział tego skryptu: false, także za {} razem.",
  "compare, then DEL": "porównaj, potem DEL",
  "one letter for each kind, and K": "jedna litera na każdy rodzaj, i K",
  "flags() should return a string.": "flags() powinno zwrócić napis.",
  "A change to a hash should be reported.": "Zmiana hasza powinna zostać zgłoszona.",
  "Setting an expiry should be reported.": "Ustawienie czasu wygaśnięcia powinno zostać zgłoszone.",
  "Changes to other types should not be reported.":
    "Zmiany innych typów nie powinny być zgłaszane.",
  "Each change should be reported once, but came on two channels.":
    "Każda zmiana powinna zostać zgłoszona raz, a przyszła dwoma kanałami.",
  'channel.slice(channel.indexOf(":") + 1)': 'channel.slice(channel.indexOf(":") + 1)',
  "The copy of {} should go, and no other.": "Zniknąć powinna kopia {} i żadna inna.",
  "UNLINK fires what DEL fires": "UNLINK wywołuje to samo zdarzenie co DEL",
  "The keys that the block deleted should be named, and no others.":
    "Wymienione powinny być klucze, które usunął blok, i żadne inne.",
  "another event, then filter and cut the prefix":
    "inne zdarzenie, potem odfiltruj i odetnij prefiks",
  "Only Ala's session ran out: her name alone should be given.":
    "Wygasła tylko sesja Ali: podane powinno być tylko jej imię.",
  "match the channel {}": "pasować do kanału {}",
  "The pattern {} should not match the channel {}.":
    "Wzorzec {} nie powinien pasować do kanału {}.",
  "No entry is left.": "Nie ma już wpisów.",
  "Task {} is next.": "Następne jest zadanie {}.",
  first: "pierwszym",
  second: "drugim",
};
