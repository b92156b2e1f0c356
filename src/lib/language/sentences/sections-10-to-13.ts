/** When Redis goes away, patterns, memory and safety, more types. `{}` is filled in; `{2}` with the second text of the English sentence. */
export const OF_10_TO_13: Readonly<Record<string, string>> = {
  "powers of two, Math.min, and null at the end": "potęgi dwójki, Math.min, a na końcu null",
  "After attempt {} it should wait {} ms.": "Po próbie {} należy poczekać {} ms.",
  "At attempt {} it should give up.": "Przy próbie {} należy się poddać.",
  "only the question to Redis may fail": "zawieść może tylko pytanie do Redisa",
  "{}: it should give {}.": "{}: wynikiem powinno być {}.",
  "Redis has the price: nothing should be computed.":
    "Redis ma cenę: nic nie powinno być obliczane.",
  "Promise.race of the reply and a timer that fails":
    "Promise.race odpowiedzi i zegara, który rzuca błąd",
  "The value came in time.": "Wartość przyszła na czas.",
  "It should throw when the time is up, not later.":
    "Błąd powinien zostać rzucony, gdy czas minie, nie później.",
  "The error should say: too late.": "Błąd powinien mówić: too late.",
  "Redis's own error should be thrown as it is.":
    "Błąd samego Redisa powinien zostać rzucony bez zmian.",
  "what blocks, streams, or leaves a state behind":
    "to, co blokuje, jest strumieniem albo zostawia stan",
  "sentinels, name, and maxRetriesPerRequest": "sentinels, name i maxRetriesPerRequest",
  "Its sentinels should be host and port of each address.":
    "W sentinels powinny być host i port każdego adresu.",
  "The primary is called orders.": "Serwer główny nazywa się orders.",
  "A command should wait as long as the failover takes.":
    "Polecenie powinno czekać tak długo, jak trwa przełączenie.",
  "WAIT replies how many replicas have it": "WAIT odpowiada, ile replik to ma",
  "It should write first.": "Najpierw powinien być zapis.",
  "It should then WAIT for one replica, 100 ms at most.":
    "Potem powinno być WAIT na jedną replikę, najwyżej 100 ms.",
  "{} replicas have it: it should give {}.": "Tyle replik to ma: {}. Wynikiem powinno być {}.",
  "what stands in braces decides": "decyduje to, co stoi w klamrach",
  "Two names are wanted: profile and cart.": "Potrzebne są dwie nazwy: profile i cart.",
  "Profile and cart should have different names.": "Profil i koszyk powinny mieć różne nazwy.",
  "The two keys of {} are in different slots.": "Oba klucze użytkownika {} są w różnych slotach.",
  "Different users should be in different slots.":
    "Różni użytkownicy powinni być w różnych slotach.",
  "Each user should have names of their own.": "Każdy użytkownik powinien mieć własne nazwy.",
  "one command a key, all at once": "jedno polecenie na klucz, wszystkie naraz",
  "{} of {} keys were there.": "Z {2} kluczy było {1}.",
  "Right, but each waited for the one before: send all at once.":
    "Dobrze, ale każde czekało na poprzednie: wyślij wszystkie naraz.",
  "JSON.stringify what is stored, and JSON.parse it":
    "JSON.stringify tego, co zapisujesz, a przy odczycie JSON.parse",
  "Call {} for {}.": "Wywołanie {} dla {}.",
  "{} should be computed once, and remembered.": "{} powinno zostać obliczone raz i zapamiętane.",
  "It should be remembered for the seconds given.":
    "Powinno zostać zapamiętane na podaną liczbę sekund.",
  "A failed computation should not be remembered.":
    "Nieudane obliczenie nie powinno zostać zapamiętane.",
  "SET with NX for who computes; the others look again":
    "SET z NX dla tego, kto oblicza; pozostali zaglądają ponownie",
  "Twenty asked at the same moment: it should be computed once.":
    "Dwadzieścia osób zapytało w tej samej chwili: obliczenie powinno być jedno.",
  "All of them should have the same text.": "Wszystkie powinny dostać ten sam tekst.",
  "It should be remembered for 60 seconds.": "Powinno zostać zapamiętane na 60 sekund.",
  "one script: INCR, and EXPIRE when it is 1": "jeden skrypt: INCR, i EXPIRE, gdy wyjdzie 1",
  "Three calls are allowed, and no more.": "Dozwolone są trzy wywołania i ani jednego więcej.",
  "a program that dies between them blocks this user for ever":
    "program, który padnie między nimi, zablokuje tego użytkownika na zawsze",
  "The key should end 50 seconds after the first call.":
    "Klucz powinien wygasnąć 50 sekund po pierwszym wywołaniu.",
  "A later call should not make it live longer.":
    "Późniejsze wywołanie nie powinno przedłużać mu życia.",
  "ZREMRANGEBYSCORE, then ZCARD": "ZREMRANGEBYSCORE, potem ZCARD",
  "Moments {}; now {}, window {}.": "Chwile {}; teraz {}, okno {}.",
  "The older ones should be removed.": "Starsze powinny zostać usunięte.",
  "GET and DEL in one script": "GET i DEL w jednym skrypcie",
  "It is another one's lock.": "To blokada kogoś innego.",
  "Another one's lock should stay.": "Cudza blokada powinna zostać.",
  "The token is that of the lock.": "Token jest tokenem tej blokady.",
  "The lock should be free.": "Blokada powinna być zwolniona.",
  "The lock is gone already.": "Blokady już nie ma.",
  "it freed another one's lock.": "zwolniono cudzą blokadę.",
  "a token, finally, and free only one's own": "token, finally i zwalnianie tylko własnej",
  "During the work the lock should be there, for 5 seconds.":
    "W czasie pracy blokada powinna być założona, na 5 sekund.",
  "After the work the lock should be free.": "Po pracy blokada powinna być zwolniona.",
  "After an error the lock should be free, too.": "Po błędzie blokada też powinna być zwolniona.",
  "Another one has the lock.": "Blokadę ma ktoś inny.",
  "Another one has the lock: nothing should be done.":
    "Blokadę ma ktoś inny: nic nie powinno zostać zrobione.",
  "Its lock ran out, and it freed the one that came after it.":
    "Jego blokada wygasła, a on zwolnił tę, która przyszła po niej.",
  GETEX: "GETEX",
  "It should give the session's text.": "Wynikiem powinien być tekst sesji.",
  "It should live on for 500 seconds.": "Powinna żyć jeszcze 500 sekund.",
  "There is no such session.": "Nie ma takiej sesji.",
  "SET with NX and EX, a key for each message": "SET z NX i EX, klucz dla każdej wiadomości",
  "Each message should be remembered for an hour.":
    "Każda wiadomość powinna być pamiętana przez godzinę.",
  "Each message ends at its own time, so it needs a key of its own.":
    "Każda wiadomość kończy się w swoim czasie, więc potrzebuje własnego klucza.",
  "ZRANGE and ZREM in one script": "ZRANGE i ZREM w jednym skrypcie",
  "both took the task {}.": "oba wzięły zadanie {}.",
  "ZADD, ZREMRANGEBYSCORE and ZCARD in one transaction":
    "ZADD, ZREMRANGEBYSCORE i ZCARD w jednej transakcji",
  "another sign comes between them, and the number is wrong":
    "między nie wchodzi inny znak życia i liczba jest zła",
  "The silent ones should be removed.": "Milczący powinni zostać usunięci.",
  "ZRANGE with BYLEX and LIMIT": "ZRANGE z BYLEX i LIMIT",
  "ZINCRBY and ZREMRANGEBYRANK in one transaction": "ZINCRBY i ZREMRANGEBYRANK w jednej transakcji",
  "in between there are too many, or the best is missing":
    "w międzyczasie jest ich za dużo albo brakuje najlepszego",
  "The best two should be left, with their points.":
    "Powinny zostać dwa najlepsze, ze swoimi punktami.",
  "Three words, and five may stay.": "Trzy słowa, a zostać może pięć.",
  "go through the events, and change a Set": "przejdź po zdarzeniach i zmieniaj Set",
  "No events: the cart is empty.": "Brak zdarzeń: koszyk jest pusty.",
  "After {} {}.": "Po {} {}.",
  "HMGET, and XRANGE from the bracket on": "HMGET, i XRANGE od nawiasu",
  "No events: the balance is 0.": "Brak zdarzeń: saldo wynosi 0.",
  "There is no snapshot.": "Nie ma migawki.",
  "The snapshot says {} up to {}.": "Migawka mówi {} do wpisu {}.",
  "Right, but it read {} events where {} came after.":
    "Dobrze, ale odczytano {} zdarzeń, a przyszło potem {}.",
  "DEL and HSET in one transaction": "DEL i HSET w jednej transakcji",
  "So that one can be changed alone, it should be a hash.":
    "Żeby dało się zmienić jedno ustawienie, powinien to być hasz.",
  "Of the first save nothing should be left.": "Z pierwszego zapisu nic nie powinno zostać.",
  "in between somebody finds no settings, or half of them":
    "w międzyczasie ktoś nie znajdzie ustawień albo znajdzie połowę",
  "volatile means: with a time to live": "volatile znaczy: z czasem życia",
  "appendonly, and appendfsync always": "appendonly, i appendfsync always",
  "{}: after a crash the key should be {}.": "{}: po awarii klucz powinien mieć wartość {}.",
  '{}: {} should be "{}".': '{}: {} powinno być "{}".',
  "a regular expression for name:value": "wyrażenie regularne na nazwa:wartość",
  "a loop over SCAN, and a Set": "pętla ze SCAN i Set",
  "{} keys match {}.": "Pasujących kluczy jest {}; wzorzec to {}.",
  "Right, but KEYS keeps everybody waiting.": "Dobrze, ale KEYS każe wszystkim czekać.",
  "a loop over HSCAN, and a Map": "pętla z HSCAN i Map",
  "No hash: the sum should be 0.": "Nie ma hasza: suma powinna wynosić 0.",
  "The sum of {} values.": "Suma {} wartości.",
  "Right, but one reply brought {} elements at once.":
    "Dobrze, ale jedna odpowiedź przyniosła naraz {} elementów.",
  "~ for the keys, + for each command": "~ dla kluczy, + dla każdego polecenia",
  "Redis does not understand the rules.": "Redis nie rozumie tych reguł.",
  "URL has a property password": "URL ma właściwość password",
  "what does SETBIT reply?": "co odpowiada SETBIT?",
  "Three users visited: three bits should be set.":
    "Odwiedziło troje użytkowników: ustawione powinny być trzy bity.",
  "OVERFLOW SAT": "OVERFLOW SAT",
  "PFCOUNT takes several keys": "PFCOUNT przyjmuje kilka kluczy",
  "{} different visitors came on these days.": "W te dni przyszło {} różnych gości.",
  "No day: it should give 0.": "Żadnego dnia: wynikiem powinno być 0.",
  "PFADD and EXPIRE in one transaction": "PFADD i EXPIRE w jednej transakcji",
  "Two visitors came.": "Przyszło dwoje gości.",
  "It should expire 30 days after the last visit.": "Powinno wygasnąć 30 dni po ostatniej wizycie.",
  "if the program ends in between, the key stays for ever":
    "jeśli program skończy się w międzyczasie, klucz zostanie na zawsze",
  "ASC, and COUNT": "ASC i COUNT",
  "XX and CH": "XX i CH",
  "Jan is known and has moved: it should give true.":
    "Jan jest znany i zmienił miejsce: wynikiem powinno być true.",
  "Jan has not moved: it should give false.":
    "Jan nie zmienił miejsca: wynikiem powinno być false.",
  "Jan should be where he is now.": "Jan powinien być tam, gdzie jest teraz.",
  "Ewa is unknown.": "Ewa jest nieznana.",
  "A stranger should be left out.": "Nieznajomy powinien zostać pominięty.",
  "HSET and HEXPIRE in one transaction": "HSET i HEXPIRE w jednej transakcji",
  "The hash should hold the token.": "W haszu powinien być token.",
  "The field {} should have {} seconds.": "Pole {} powinno mieć {} sekund.",
  "a reader in between finds a token without a limit":
    "kto czyta w międzyczasie, znajdzie token bez limitu",
  "The hash itself should have no limit.": "Sam hasz nie powinien mieć limitu.",
  "Another device should keep its own limit.": "Inne urządzenie powinno zachować swój limit.",
  "ZRANGEBYSCORE from now on": "ZRANGEBYSCORE od teraz",
  "It should only read.": "Tu powinien być tylko odczyt.",
  "EXPIRE when the count is 1": "EXPIRE, gdy licznik wynosi 1",
  "Redis should take the code, as a library called lab.":
    "Redis powinien przyjąć kod jako bibliotekę o nazwie lab.",
  "It should count.": "Funkcja powinna liczyć.",
  "The key should expire after the seconds given.":
    "Klucz powinien wygasnąć po podanej liczbie sekund.",
  "A later visit should not make it live longer.":
    "Późniejsza wizyta nie powinna przedłużać mu życia.",
  "Another key should have a count of its own.": "Inny klucz powinien mieć własny licznik.",
  REPLACE: "REPLACE",
  "It should give the library's name.": "Wynikiem powinna być nazwa biblioteki.",
  "The new version should be called.": "Wywołana powinna zostać nowa wersja.",
  "a call in between finds no function": "wywołanie w międzyczasie nie znajdzie funkcji",
  "Redis has none": "Redis nie ma żadnej",
  "Redis is away": "Redisa nie ma",
  "{} should be allowed.": "{} powinno być dozwolone.",
  "{} should be refused.": "{} powinno być odrzucone.",
};
