/**
 * The id of a person that works only name: the name without marks, case and punctuation, so `Alejandro G. Iñárritu` is
 * `alejandro-g-inarritu`. Empty when nothing is left.
 */
export function personSlug(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

/** The name of the source that holds the people whom the works of `source` name. */
export function peopleSource(source: string): string {
  return `${source}/people`;
}
