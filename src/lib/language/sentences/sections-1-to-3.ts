/** Keys, lists, sets, sorted sets, hashes. `{}` is filled in; `{2}` with the second text of the English sentence. */
export const OF_1_TO_3: Readonly<Record<string, string>> = {
  "ping takes the text as its argument": "ping przyjmuje tekst jako argument",
  "The reply should be the text that was sent.": "Odpowiedź powinna być wysłanym tekstem.",
  "look for ` name=`, the name and a space in each line":
    "szukaj w każdym wierszu ` name=`, nazwy i spacji",
  "Only connections of exactly this name should count.":
    "Liczyć się powinny tylko połączenia o dokładnie tej nazwie.",
  'Buffer.from(text, "hex") reads two digits as one byte':
    'Buffer.from(text, "hex") czyta dwie cyfry jako jeden bajt',
  "The key should hold these {} bytes, in hex.":
    "Pod kluczem powinno być tych {} bajtów, szesnastkowo.",
  "The call should return the bytes as a Buffer.": "Wywołanie powinno zwrócić bajty jako Buffer.",
  "Right result, but the bytes were not read back from Redis.":
    "Wynik jest dobry, ale bajty nie zostały odczytane z Redisa.",
  "write the text under the key, then ask for STRLEN":
    "zapisz tekst pod kluczem, a potem zapytaj o STRLEN",
  '"{}" takes {} bytes.': '"{}" zajmuje {} bajtów.',
  "Right result, but Redis did not count.": "Wynik jest dobry, ale to nie Redis policzył.",
  "Number() turns a string into a number": "Number() zamienia napis na liczbę",
  "The key holds {}: one more is the number {}.":
    "Pod kluczem jest {}: o jeden więcej to liczba {}.",
  "The key should still hold what it held.": "Pod kluczem powinno zostać to, co było.",
  "the previous notebook has a command that counts bytes":
    "w poprzednim notatniku jest polecenie, które liczy bajty",
  "The key should hold the text.": "Pod kluczem powinien być ten tekst.",
  "Right result, but the text was read back.":
    "Wynik jest dobry, ale tekst został odczytany z powrotem.",
  "decode, encode again, and compare with equals()":
    "odkoduj, zakoduj ponownie i porównaj przez equals()",
  "APPEND -b, then -c": "APPEND -b, potem -c",
  "The key should hold a-b-c.": "Pod kluczem powinno być a-b-c.",
  "The last reply should be the length, 5.": "Ostatnią odpowiedzią powinna być długość, 5.",
  "Right, but not with APPEND alone.": "Dobrze, ale nie samym APPEND.",
  "ioredis calls it getdel": "w ioredis nazywa się to getdel",
  "take() should return the value of the key.": "take() powinno zwrócić wartość klucza.",
  "take() should leave no key behind.": "take() nie powinno zostawić klucza.",
  "No key: take() should return null.": "Nie ma klucza: take() powinno zwrócić null.",
  "let the server add: its reply is a number that nobody else gets":
    "niech dodaje serwer: jego odpowiedź to liczba, której nie dostanie nikt inny",
  "Ticket number {} should come next, as a number.":
    "Następny powinien być bilet numer {}, jako liczba.",
  "both got ticket number {}.": "oba dostały bilet numer {}.",
  "two tickets were taken, so the key should hold 7.":
    "wzięto dwa bilety, więc pod kluczem powinno być 7.",
  "INCRBYFLOAT replies with a string": "INCRBYFLOAT odpowiada napisem",
  "{} and {} should give {}, as a number.": "{} i {} powinno dać {}, jako liczbę.",
  "Redis should hold the new price.": "Redis powinien mieć nową cenę.",
  "what it added is lost. Let Redis add, not JavaScript.":
    "to, co on dodał, przepadło. Niech dodaje Redis, nie JavaScript.",
  "R is the right end": "R to prawy koniec",
  "The others should stay, in their order from the left.":
    "Pozostałe powinny zostać, w swojej kolejności od lewej.",
  "The call should return the last element.": "Wywołanie powinno zwrócić ostatni element.",
  "Right result, but no element was taken off.":
    "Wynik jest dobry, ale żaden element nie został zdjęty.",
  "both ends are included": "oba końce należą do zakresu",
  "Page {} should have {} elements.": "Strona {} powinna mieć {} elementów.",
  "from LEFT to where?": "z LEFT dokąd?",
  "The first should be the last now.": "Pierwszy powinien być teraz ostatnim.",
  "the value is the second part of the reply": "wartość to druga część odpowiedzi",
  "An element is there: the call should return its value alone.":
    "Element jest: wywołanie powinno zwrócić samą jego wartość.",
  "The element should be gone from the queue.": "Elementu nie powinno już być w kolejce.",
  'The queue is empty: the call should return "nothing".':
    'Kolejka jest pusta: wywołanie powinno zwrócić "nothing".',
  "An element that comes while the call waits should be taken.":
    "Element, który przychodzi, gdy wywołanie czeka, powinien zostać wzięty.",
  "which one first?": "który najpierw?",
  "Urgent elements come first, then normal ones, oldest first.":
    "Najpierw elementy pilne, potem zwykłe, najstarsze na początku.",
  "Both are empty: the call should wait for either.":
    "Obie są puste: wywołanie powinno czekać na którąkolwiek.",
  "Nothing came: null.": "Nic nie przyszło: null.",
  'copy(source, destination, "DB", number)': 'copy(źródło, cel, "DB", numer)',
  "Database 0 should keep the key.": "W bazie 0 klucz powinien zostać.",
  "Database 1 should have the key, too.": "W bazie 1 też powinien być ten klucz.",
  "A key that expires should expire in database 1 as well.":
    "Klucz, który wygasa, powinien wygasnąć także w bazie 1.",
  "A list should be copied, too.": "Lista też powinna zostać skopiowana.",
  "catch the error: it has a message": "złap błąd: ma on message",
  "The call should return the message of the error.": "Wywołanie powinno zwrócić tekst błędu.",
  "There is a database 0: the reply is OK.": "Baza 0 istnieje: odpowiedź to OK.",
  "SET takes EX and a number of seconds": "SET przyjmuje EX i liczbę sekund",
  "The key should hold the code.": "Pod kluczem powinien być kod.",
  "The key should live for 120 seconds (-1 means forever).":
    "Klucz powinien żyć 120 sekund (-1 znaczy: na zawsze).",
  "a program that stops in between leaves a key that stays forever":
    "program, który zatrzyma się w międzyczasie, zostawi klucz na zawsze",
  "SET has one more option, named above": "SET ma jeszcze jedną opcję, wymienioną wyżej",
  "The key should hold the new code.": "Pod kluczem powinien być nowy kod.",
  "It had {} seconds to live, and should keep them.":
    "Zostało mu {} sekund życia i powinien je zachować.",
  "A key that stays forever should go on to do so.":
    "Klucz, który zostaje na zawsze, powinien nadal zostawać.",
  "-1 and -2 first": "najpierw -1 i -2",
  'A TTL of {} means "{}".': 'TTL równe {} znaczy "{}".',
  "EXPIRE can do it only if there is no expiry yet":
    "EXPIRE potrafi to zrobić tylko wtedy, gdy nie ma jeszcze czasu wygaśnięcia",
  "The first visit should give 1.": "Pierwsza wizyta powinna dać 1.",
  "The first visit should set an expiry of 60 seconds.":
    "Pierwsza wizyta powinna ustawić wygaśnięcie po 60 sekundach.",
  "The second visit should give 2.": "Druga wizyta powinna dać 2.",
  "A later visit should leave the expiry as it is.":
    "Późniejsza wizyta powinna zostawić czas wygaśnięcia bez zmian.",
  "a program that stops in between leaves a count that never starts again":
    "program, który zatrzyma się w międzyczasie, zostawi licznik, który nigdy nie zacznie od nowa",
  "Redis counts seconds, JavaScript milliseconds":
    "Redis liczy w sekundach, JavaScript w milisekundach",
  "The key should expire at {}, in seconds since 1970.":
    "Klucz powinien wygasnąć o {}, w sekundach od 1970 roku.",
  "The call should return the moment that EXPIRETIME tells.":
    "Wywołanie powinno zwrócić chwilę, którą podaje EXPIRETIME.",
  "what does SADD count?": "co liczy SADD?",
  "Visit number {} of {} should return {}.": "Wizyta numer {} ({}) powinna zwrócić {}.",
  "The key should hold both users.": "Pod kluczem powinno być oboje użytkowników.",
  "both heard {} for the same user.": "oba usłyszały {} dla tego samego użytkownika.",
  "SDIFF, and then leave Ala out": "SDIFF, a potem pomiń Alę",
  "Their friends who are not mine, without me ({}).":
    "Ich znajomi, którzy nie są moimi, beze mnie ({}).",
  "SMOVE from to member": "SMOVE skąd dokąd element",
  "The job should be gone from the first set.": "Zadania nie powinno już być w pierwszym zbiorze.",
  "The job should be in the second set.": "Zadanie powinno być w drugim zbiorze.",
  "it found the job in neither set.": "nie znalazł zadania w żadnym zbiorze.",
  "it found the job in both sets.": "znalazł zadanie w obu zbiorach.",
  "ZREVRANK begins at 0": "ZREVRANK zaczyna od 0",
  "{} should be at {}.": "{} powinno być na miejscu {}.",
  "from -inf to the minute, BYSCORE": "od -inf do tej minuty, BYSCORE",
  "The alarms due at minute {} or before, earliest first.":
    "Alarmy przypadające na minutę {} lub wcześniej, najwcześniejsze na początku.",
  'from "(8" to "+inf", and LIMIT': 'od "(8" do "+inf", i LIMIT',
  "The next member above {} is {}.": "Następny element powyżej {} to {}.",
  "which option lets a score only grow?": "która opcja pozwala wynikowi tylko rosnąć?",
  "ZREMRANGEBYRANK from 0; negative positions count from the end":
    "ZREMRANGEBYRANK od 0; pozycje ujemne liczą się od końca",
  "The best {} should stay.": "Zostać powinno {} najlepszych.",
  "the reply is flat: name, score, name, score; and scores are strings":
    "odpowiedź jest płaska: nazwa, wynik, nazwa, wynik; a wyniki to napisy",
  "The best two of {} are {} apart.": "Dwa najlepsze z {} różnią się o {}.",
  "read the score, then count those above it": "odczytaj wynik, potem policz te powyżej",
  "{} should have place {}: equal points, equal places.":
    "{} powinno mieć miejsce {}: równe punkty, równe miejsca.",
  "BYLEX from ( to +, with LIMIT": "BYLEX od ( do +, z LIMIT",
  'After "{}" should come {}.': 'Po "{}" powinno przyjść {}.',
  "let Redis add": "niech dodaje Redis",
  "There should be {} of it now.": "Teraz powinno go być {}.",
  "what it put in, or yours, is lost.": "przepadło to, co on włożył, albo to, co Ty.",
  "count the fields, make a number": "policz pola, zrób z napisu liczbę",
  "The user should come with points as a number.":
    "Użytkownik powinien przyjść z punktami jako liczbą.",
  "There is no such hash: the call should return null.":
    "Nie ma takiego hasza: wywołanie powinno zwrócić null.",
  "HSETNX replies 1 or 0": "HSETNX odpowiada 1 lub 0",
  "The seat is {}: give {}.": "Miejsce jest {}: zwróć {}.",
  "Who was first has the seat.": "Miejsce ma ten, kto był pierwszy.",
  "both were told that they have the seat.": "obu powiedziano, że mają to miejsce.",
  "the seat was taken from its holder.": "miejsce zostało odebrane temu, kto je miał.",
  "This should give {}: {}.": "Wynikiem powinno być {}: {}.",
  "This should give {}.": "Wynikiem powinno być {}.",
  "ff never occurs in UTF-8": "ff nigdy nie występuje w UTF-8",
  "no bytes are an empty string": "zero bajtów to pusty napis",
  "ż has a second byte": "ż ma drugi bajt",
  "the replacement character is a character like any other":
    "znak zastępczy to znak jak każdy inny",
  "A player's first result should be stored.": "Pierwszy wynik gracza powinien zostać zapisany.",
  "A worse result should change nothing.": "Gorszy wynik nie powinien niczego zmienić.",
  "A better result should replace the old one.": "Lepszy wynik powinien zastąpić stary.",
  "mine: {}; theirs: {}": "moi: {}; ich: {}",
  free: "wolne",
  taken: "zajęte",
  "missing, so null": "brak, więc null",
};
