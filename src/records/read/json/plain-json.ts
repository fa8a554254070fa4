import { skippedDepthMax } from "./layout.ts";

/** Stands for "no such JSON here". */
export const nowhere = -1;

const [quote, backslash, comma, colon] = [34, 92, 44, 58] as const;
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125] as const;
const [minus, point, zero, nine] = [45, 46, 48, 57] as const;

/** Signs that may follow a backslash, besides the `u` of a code unit. */
const escapes: ReadonlySet<number> = new Set(Array.from('"\\/bfnrt', (sign) => sign.charCodeAt(0)));

/** The next byte that is not white space, or `end`. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte > 32 || !(byte === 32 || byte === 10 || byte === 13 || byte === 9)) break;
    at++;
  }
  return at;
}

/** Where the quote stands that closes the string whose content begins at `from`. */
export function closingQuote(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) return at;
    if (byte < 32) return nowhere;
    if (byte !== backslash) continue;
    const escaped = bytes[++at] as number;
    if (escaped === 117) {
      if (!isHex(bytes, at + 1, end)) return nowhere;
      at += 4;
    } else if (!escapes.has(escaped)) return nowhere;
  }
  return nowhere;
}

function isHex(bytes: Uint8Array, from: number, end: number): boolean {
  if (from + 4 > end) return false;
  for (let at = from; at < from + 4; at++) {
    const byte = bytes[at] as number;
    const letter = byte | 32;
    if (!((byte >= zero && byte <= nine) || (letter >= 97 && letter <= 102))) return false;
  }
  return true;
}

/** The byte after the number, true, false or null that begins at `at`. */
export function literalEnd(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at] as number;
  if (byte === 116) return wordEnd(bytes, at, end, "true");
  if (byte === 102) return wordEnd(bytes, at, end, "false");
  if (byte === 110) return wordEnd(bytes, at, end, "null");
  return numberEnd(bytes, at, end);
}

function wordEnd(bytes: Uint8Array, at: number, end: number, word: string): number {
  if (at + word.length > end) return nowhere;
  for (let i = 1; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return nowhere;
  return at + word.length;
}

function numberEnd(bytes: Uint8Array, from: number, end: number): number {
  const first = bytes[from] === minus ? from + 1 : from;
  let at = digitsEnd(bytes, first, end);
  if (at === first || (bytes[first] === zero && at > first + 1)) return nowhere;
  if (at < end && bytes[at] === point) {
    const fraction = at + 1;
    at = digitsEnd(bytes, fraction, end);
    if (at === fraction) return nowhere;
  }
  if (at < end && ((bytes[at] as number) | 32) === 101) {
    const sign = bytes[at + 1];
    const exponent = at + (sign === minus || sign === 43 ? 2 : 1);
    at = digitsEnd(bytes, exponent, end);
    if (at === exponent) return nowhere;
  }
  return at;
}

function digitsEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] as number) >= zero && (bytes[at] as number) <= nine) at++;
  return at;
}

/** The byte after the value that begins at `at`, all of it checked; {@link nowhere} also when it is nested too deep. */
export function valueEnd(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at] as number;
  if (byte === quote) {
    const closing = closingQuote(bytes, at + 1, end);
    return closing < 0 ? nowhere : closing + 1;
  }
  if (byte === openObject || byte === openList) return bracketsEnd(bytes, at, end);
  return at < end ? literalEnd(bytes, at, end) : nowhere;
}

/** The byte after the object or list that begins at `from`. */
function bracketsEnd(bytes: Uint8Array, from: number, end: number): number {
  const closers: number[] = [];
  let at = from;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte === openObject || byte === openList) {
      const closer = byte === openObject ? closeObject : closeList;
      at = skipSpace(bytes, at + 1, end);
      if (at < end && bytes[at] === closer) at++;
      else {
        if (closers.push(closer) > skippedDepthMax) return nowhere;
        if (closer === closeObject) at = keyEnd(bytes, at, end);
        if (at < 0) return nowhere;
        continue;
      }
    } else at = valueEnd(bytes, at, end);
    if (at < 0) return nowhere;
    at = closeAll(bytes, at, end, closers);
    if (at < 0 || closers.length === 0) return at;
  }
}

/** Passes over what may stand behind a value: brackets that close, then a comma, and in an object the next key. */
function closeAll(bytes: Uint8Array, from: number, end: number, closers: number[]): number {
  let at = from;
  while (closers.length > 0) {
    at = skipSpace(bytes, at, end);
    if (at >= end) return nowhere;
    const closer = closers[closers.length - 1] as number;
    if (bytes[at] === comma) {
      at = skipSpace(bytes, at + 1, end);
      return closer === closeObject ? keyEnd(bytes, at, end) : at;
    }
    if (bytes[at] !== closer) return nowhere;
    closers.pop();
    at++;
  }
  return at;
}

/** Where the value begins whose key begins at `at`. */
function keyEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || bytes[at] !== quote) return nowhere;
  const closing = closingQuote(bytes, at + 1, end);
  return closing < 0 ? nowhere : valueStart(bytes, closing + 1, end);
}

/** Where the value begins behind the colon that must come from `from` on. */
export function valueStart(bytes: Uint8Array, from: number, end: number): number {
  const at = skipSpace(bytes, from, end);
  if (at >= end || bytes[at] !== colon) return nowhere;
  return skipSpace(bytes, at + 1, end);
}
