/** What exercises say, and the same in Polish; `{}` is filled in. */
export const SENTENCES: Readonly<Record<string, string>> = {
  "Another client was first: {}": "Inny klient był pierwszy: {}",
  "Another client came between {}: {}": "Inny klient wszedł między {}: {}",
};
