const asciiWord = /^[a-z0-9 ]*$/;

/**
 * A label reduced to what it says: without accents, case, signs and doubled spaces, `&` as "and".
 * Labels with equal folds name the same thing in open vocabularies such as genres.
 */
export function foldLabel(label: string): string {
  const lower = label.toLowerCase();
  if (asciiWord.test(lower)) return lower.replace(/ +/g, " ").trim();
  return (
    lower
      .normalize("NFKD")
      // Only the marks above and below European letters: in Indic scripts marks are vowels.
      .replace(/[\u0300-\u036f]+/g, "")
      .toLowerCase()
      .replace(/&/g, " and ")
      .replace(/['’`.]/g, "")
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
      .trim()
  );
}
