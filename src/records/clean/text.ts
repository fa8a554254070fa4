/** Anything that a plain ASCII text without extra white space does not have. */
const needsWork = /[^\x20-\x7e]|^ | $| {2}/;
const zeroWidth = /[\u200b\u200e\u200f\u2060\ufeff]/g;

/** Text in normal form C, its white space trimmed and collapsed to single spaces, invisible marks gone. */
export function cleanText(text: string): string {
  if (!needsWork.test(text)) return text;
  return text.replace(zeroWidth, "").normalize("NFC").replace(/\s+/g, " ").trim();
}
