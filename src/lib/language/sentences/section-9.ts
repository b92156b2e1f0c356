/** Background jobs. `{}` is filled in; `{2}` with the second text of the English sentence. */
export const OF_9: Readonly<Record<string, string>> = {
  "both sides are limits: the height must not be the smaller one":
    "obie strony to granice: wysokość nie musi być tą mniejszą",
  "{}: the thumbnail should be {} pixels wide.":
    "{}: miniatura powinna mieć {} pikseli szerokości.",
  "a loop: ask, return what is final, else pause":
    "pętla: zapytaj, zwróć stan końcowy, w przeciwnym razie odczekaj",
  "The job is {}.": "Zadanie jest w stanie {}.",
  "It should ask no more when the job has ended.":
    "Gdy zadanie się skończyło, nie należy już pytać.",
  "Between two questions there should be a pause of 50 ms.":
    "Między dwoma pytaniami powinna być przerwa 50 ms.",
  "a loop: what came so far times the next one":
    "pętla: to, co wyszło do tej pory, razy następna liczba",
  "The product of {} should be {}.": "Iloczyn {} powinien wynosić {}.",
  "Right, but the worker was not asked for each multiplication.":
    "Dobrze, ale nie o każde mnożenie poproszono workera.",
  "catch what each job throws": "złap to, co rzuca każde zadanie",
  "12 in parts of {}.": "12 w częściach po {}.",
  "The worker should be asked once for each part.": "Workera należy poprosić raz o każdą część.",
  "Right, but one after the other: ask for all at once.":
    "Dobrze, ale jedno po drugim: poproś o wszystkie naraz.",
  "toUpperCase, and throw an UnrecoverableError": "toUpperCase, i rzuć UnrecoverableError",
  "The reason should be: nothing to shout.": "Powód powinien brzmieć: nothing to shout.",
  "An empty text stays empty: it should not be tried again.":
    "Pusty tekst pozostanie pusty: nie należy próbować ponownie.",
  "job.waitUntilFinished takes the events and a limit":
    "job.waitUntilFinished przyjmuje zdarzenia i limit",
  "The worker adds {} and {}: the result should be {}.":
    "Worker dodaje {} i {}: wynikiem powinno być {}.",
  "No worker: it should give up after limitMs.": "Nie ma workera: po limitMs należy się poddać.",
  "look at job.name, and throw for the rest": "spójrz na job.name, a przy pozostałych rzuć błąd",
  "The error should say which name is unknown.": "Błąd powinien mówić, która nazwa jest nieznana.",
  "attempts, and a backoff of the type exponential": "attempts, i backoff typu exponential",
  "It should be tried four times.": "Próby powinny być cztery.",
  "It should wait 200, 400 and 800 ms in between.": "Między nimi powinno być 200, 400 i 800 ms.",
  "UnrecoverableError for what stays, Error for what may pass":
    "UnrecoverableError dla tego, co zostanie, Error dla tego, co może minąć",
  "Status {}: {}.": "Status {}: {}.",
  "judge(200) should give ok.": "judge(200) powinno dać ok.",
  "await a timer after each piece: it lets others run":
    "po każdym kawałku poczekaj (await) na zegar: inni mogą wtedy działać",
  "It should compute for 600 ms in all.": "Obliczenia powinny trwać łącznie 600 ms.",
  "The worker lost its lock, and the job ran again.":
    "Worker stracił blokadę i zadanie wykonało się ponownie.",
  "EXISTS of <queue>:<id>:lock": "EXISTS dla <queue>:<id>:lock",
  "Not the right ones ({}).": "To nie te ({}).",
  "Right, but KEYS looks at every key of the server.":
    "Dobrze, ale KEYS przegląda każdy klucz serwera.",
  "A look should change nothing.": "Samo zajrzenie nie powinno niczego zmieniać.",
  "a jobId of your choice, and changeDelay for a known one":
    "własne jobId, a dla już znanego changeDelay",
  "Two users: there should be two reminders.": "Dwoje użytkowników: powinny być dwa przypomnienia.",
  "The last call for a user should count.":
    "Liczyć się powinno ostatnie wywołanie dla użytkownika.",
  "getJobSchedulers tells what is there, by its key": "getJobSchedulers mówi, co jest, po kluczu",
  "Wanted: {}. Redis should have exactly these.":
    "Potrzebne: {}. Redis powinien mieć dokładnie te.",
  "a priority for all of them: 1 goes before 2": "priorytet dla wszystkich: 1 idzie przed 2",
  "Capitals pay: they go first, and among equals the older one.":
    "Wielkie litery płacą: idą pierwsze, a wśród równych starsze.",
  "a limit for all workers of the queue together": "limit dla wszystkich workerów kolejki razem",
  "Two workers with concurrency 2: jobs ran at the same time.":
    "Dwa workery z concurrency 2: zadania działały w tym samym czasie.",
  "children, with failParentOnFailure in the opts of each":
    "children, z failParentOnFailure w opts każdego",
  "The job should be called zip.": "Zadanie powinno nazywać się zip.",
  "Each size should be scaled once.": "Każdy rozmiar powinien zostać przeskalowany raz.",
  "{}: the order should be {}.": "{}: zamówienie powinno być w stanie {}.",
  "Object.values of getChildrenValues": "Object.values wyniku getChildrenValues",
  "The children returned {}.": "Zadania podrzędne zwróciły {}.",
  "deduplication has an id of its own": "deduplication ma własne id",
  "Ala asked twice: there should be one export for each user.":
    "Ala poprosiła dwa razy: dla każdego użytkownika powinien być jeden eksport.",
  "Her export is done: Ala may ask again.": "Jej eksport jest gotowy: Ala może poprosić znowu.",
  "one script: SADD, and INCRBY when it was new": "jeden skrypt: SADD, i INCRBY, gdy id było nowe",
  "{}: the account should hold {}.": "{}: na koncie powinno być {}.",
  "a worker may die between them, and the money is lost or paid twice":
    "worker może paść między nimi i pieniądze przepadną albo zostaną wypłacone dwa razy",
  "a timer that calls cancelAllJobs, and close": "zegar, który wywołuje cancelAllJobs, i close",
  "It should return when the worker is closed.":
    "Wywołanie powinno wrócić, gdy worker jest zamknięty.",
  "The worker was closed, and the timer still ran: clear it.":
    "Worker był zamknięty, a zegar nadal chodził: wyłącz go.",
  "signal.throwIfAborted() before each page": "signal.throwIfAborted() przed każdą stroną",
  "{} pages, {}: other pages were printed.": "Stron jest {}, {}: wydrukowano inne strony.",
  "Aborted before the first page: nothing should be printed.":
    "Przerwano przed pierwszą stroną: nic nie powinno zostać wydrukowane.",
  "getJobs takes the states, from, to, and whether oldest first":
    "getJobs przyjmuje stany, od, do i czy najstarsze na początku",
  "No job waits: lag(queue) should be 0.": "Żadne zadanie nie czeka: lag(queue) powinno wynosić 0.",
  "The oldest has waited 5 seconds.": "Najstarsze czeka od 5 sekund.",
  "Right, but it read {} jobs where one is enough.":
    "Dobrze, ale odczytano {} zadań, a wystarczy jedno.",
  "isPaused, getFailedCount, getWorkersCount": "isPaused, getFailedCount, getWorkersCount",
  "No worker, and all else is well.": "Nie ma workera, poza tym wszystko jest dobrze.",
  "A worker is there, and all is well.": "Worker jest i wszystko jest dobrze.",
  "One job has failed.": "Jedno zadanie się nie powiodło.",
  "Paused, and one has failed.": "Wstrzymana, a jedno się nie powiodło.",
  "The worker is gone, too.": "Workera też nie ma.",
  "a 200 should be done": "200 powinno się wykonać",
  "a 404 should fail for good": "404 powinno zawieść ostatecznie",
  "a 503 should be tried again": "503 powinno zostać spróbowane ponownie",
  "active: {}; locked: {}": "aktywne: {}; zablokowane: {}",
  "There was time enough: the job should be completed.":
    "Czasu było dość: zadanie powinno zostać dokończone.",
  "The time was up: the job should be cancelled.": "Czas minął: zadanie powinno zostać przerwane.",
  "never aborted": "nigdy nie przerwano",
  "aborted during page {}": "przerwano podczas strony {}",
  "all went well": "wszystko się udało",
  "one scaling failed": "jedno skalowanie się nie powiodło",
};
