/**
 * A label reduced to what it says: without accents, case, signs and doubled spaces, `&` as "and".
 * Labels with equal folds name the same thing in open vocabularies such as genres.
 */
export function foldLabel(label: string): string {
  return label
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/['’`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
