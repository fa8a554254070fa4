import { Buffer } from "node:buffer";

/** Texts in UTF-8, end to end: text `i` is `bytes[offsets[i]]` up to, not including, `bytes[offsets[i + 1]]`. */
export interface Utf8Texts {
  readonly bytes: Uint8Array;
  /** One entry more than texts. */
  readonly offsets: Int32Array;
}

/** The text that stands in some bytes. */
export function decodeUtf8({ buffer, byteOffset }: Uint8Array, from: number, to: number): string {
  return Buffer.from(buffer, byteOffset + from, to - from).toString("utf8");
}

/** Texts as UTF-8. */
export function encodeUtf8(texts: readonly string[]): Utf8Texts {
  const bytes = Buffer.from(texts.join(""), "utf8");
  const offsets = new Int32Array(texts.length + 1);
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  // As many bytes as letters: every text is plain ASCII.
  const lengthOf = units === bytes.length ? (text: string) => text.length : (text: string) => Buffer.byteLength(text);
  for (let i = 0; i < texts.length; i++) offsets[i + 1] = (offsets[i] as number) + lengthOf(texts[i] as string);
  // Halves of a surrogate pair that stand alone may meet the other half where texts are joined.
  return offsets[texts.length] === bytes.length ? { bytes, offsets } : { bytes: apart(texts, offsets), offsets };
}

function apart(texts: readonly string[], offsets: Int32Array): Uint8Array {
  const bytes = Buffer.alloc(offsets[texts.length] as number);
  texts.forEach((text, i) => {
    bytes.write(text, offsets[i] as number);
  });
  return bytes;
}
