import { isAscii, isUtf8 } from "node:buffer";
import { KindredError } from "../../base/index.ts";
import type { SourceEncoding } from "./source-layout.ts";

const encodingByName: Readonly<Record<string, SourceEncoding>> = {
  utf8: "utf-8",
  utf16: "utf-16le",
  utf16le: "utf-16le",
  utf16be: "utf-16be",
  latin1: "windows-1252",
  iso88591: "windows-1252",
  windows1252: "windows-1252",
  cp1252: "windows-1252",
};

/**
 * The encoding a configuration names.
 * @throws config-invalid for a name that is not known
 */
export function encodingNamed(name: string): SourceEncoding {
  const encoding = encodingByName[name.toLowerCase().replace(/[^a-z0-9]/g, "")];
  if (encoding) return encoding;
  throw new KindredError("config-invalid", {
    seen: `the encoding "${name}"`,
    expected: "utf-8, utf-16le, utf-16be or latin-1 (windows-1252)",
  });
}

/** The encoding that a byte order mark at the head of a file says, and the mark's length; null without one. */
export function byteOrderMark(head: Buffer): { encoding: SourceEncoding; length: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", length: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", length: 2 };
  return null;
}

/** What the bytes of a file say about its encoding, without decoding them. */
export interface EncodingSurvey {
  /** The whole characters of several bytes that are valid UTF-8. */
  readonly validCount: number;
  /** The bytes that are not. */
  readonly invalidCount: number;
  /** Where the first of those stands, in bytes from the start of the text; -1 for none. */
  readonly firstInvalid: number;
  /** Where the first zero byte stands; -1 for none. */
  readonly firstZero: number;
}

/** Surveys chunks of bytes as they pass; `finish` gives the result. Characters may span chunks. */
export function surveyEncoding(): { push(chunk: Buffer): void; finish(): EncodingSurvey } {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  const seen = { validCount: 0, invalidCount: 0, firstInvalid: -1, firstZero: -1 };
  const take = (bytes: Buffer): void => {
    if (seen.firstZero < 0) {
      const zero = bytes.indexOf(0);
      if (zero >= 0) seen.firstZero = offset + zero;
    }
    if (!isAscii(bytes)) countCharacters(bytes, offset, seen);
    offset += bytes.length;
  };
  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = bytes.length - unfinishedLength(bytes);
      take(bytes.subarray(0, whole));
      rest = Buffer.from(bytes.subarray(whole));
    },
    finish() {
      take(rest);
      return seen;
    },
  };
}

/** How many bytes at the end begin a character that the next chunk may complete. */
function unfinishedLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc2) return back < sequenceLength(byte) ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

interface Counts {
  validCount: number;
  invalidCount: number;
  firstInvalid: number;
}

function countCharacters(bytes: Buffer, offset: number, seen: Counts): void {
  if (isUtf8(bytes)) {
    for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) >= 0xc2) seen.validCount++;
    return;
  }
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number;
    const length = byte < 0x80 ? 1 : sequenceLength(byte);
    if (byte < 0x80) i++;
    else if (length > 1 && i + length <= bytes.length && isUtf8(bytes.subarray(i, i + length))) {
      seen.validCount++;
      i += length;
    } else {
      seen.invalidCount++;
      if (seen.firstInvalid < 0) seen.firstInvalid = offset + i;
      i++;
    }
  }
}
