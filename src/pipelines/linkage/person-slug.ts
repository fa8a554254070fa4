/**
 * The id of a person that works only name: the name without accents, case and punctuation, so `Alejandro G. Iñárritu` is
 * `alejandro-g-inarritu`. Empty when nothing is left.
 */
export function personSlug(name: string): string {
  return (
    name
      .normalize("NFKD")
      // Only the accents of European letters: in Indic scripts marks are vowels, in Japanese another consonant.
      .replace(/[\u0300-\u036f]+/g, "")
      .toLowerCase()
      .normalize("NFC")
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
      .replace(/^-+|-+$/g, "")
  );
}

/** The name of the source that holds the people whom the works of `source` name. */
export function peopleSource(source: string): string {
  return `${source}/people`;
}
