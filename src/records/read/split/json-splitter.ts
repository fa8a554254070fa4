import { KindredError } from "../../../base/index.ts";
import type { RecordSpans, RecordSplitter } from "./record-spans.ts";

const quote = 34;
const backslash = 92;
const lineFeed = 10;
const [comma, openList, closeList, openObject, closeObject] = [44, 91, 93, 123, 125] as const;

/**
 * The elements of a JSON list, or of the one list in an object that wraps it, found by brackets and quotes alone, so a file
 * of any size is read in a stream; what is wrong inside an element is left to the parser of elements.
 */
export function jsonSplitter(file: string): RecordSplitter {
  return new JsonSplitter(file);
}

class JsonSplitter implements RecordSplitter {
  readonly #file: string;
  #place: "before" | "wrapper" | "list" | "after" = "before";
  /** The depth of brackets at which the list's elements stand: 1, or 2 within an object. */
  #listDepth = 1;
  #listSeen = false;
  #depth = 0;
  #inString = false;
  /** Where the element that is open begins; -1 between elements. */
  #elementStart = -1;
  #scanned = 0;
  #line = 1;
  #linesCountedTo = 0;

  constructor(file: string) {
    this.#file = file;
  }

  split(spans: RecordSpans, last: boolean): number {
    const { bytes } = spans;
    this.#scanned = this.#scan(spans);
    if (last) this.#checkEnd(bytes);
    const keep = this.#elementStart >= 0 ? this.#elementStart : this.#scanned;
    this.#countLines(bytes, keep);
    this.#scanned -= keep;
    this.#linesCountedTo -= keep;
    if (this.#elementStart >= 0) this.#elementStart = 0;
    return keep;
  }

  /** Passes over the bytes; returns from where the next piece must be looked at. */
  #scan(spans: RecordSpans): number {
    const { bytes } = spans;
    let at = this.#scanned;
    while (at < bytes.length) {
      if (this.#inString) {
        const end = stringEnd(bytes, at);
        if (end < 0) return bytes.length - openEscape(bytes, at);
        this.#inString = false;
        at = end + 1;
        continue;
      }
      const byte = bytes[at] as number;
      if (!isSpace(byte)) this.#step(spans, byte, at);
      at++;
    }
    return at;
  }

  #step(spans: RecordSpans, byte: number, at: number): void {
    if (this.#place === "before") return this.#open(byte);
    if (this.#place === "after") {
      this.#countLines(spans.bytes, at);
      throw this.#malformed(`"${String.fromCharCode(byte)}" after the end of the JSON`, "nothing more");
    }
    this.#inString = byte === quote;
    if (this.#place === "list") this.#stepList(spans, byte, at);
    else this.#stepWrapper(byte);
  }

  #open(byte: number): void {
    if (byte !== openList && byte !== openObject) {
      throw this.#malformed(`text that begins with "${String.fromCharCode(byte)}"`, "a JSON list or object");
    }
    this.#place = byte === openList ? "list" : "wrapper";
    this.#listSeen = byte === openList;
    this.#listDepth = byte === openList ? 1 : 2;
    this.#depth = 1;
  }

  #stepWrapper(byte: number): void {
    if (byte === openList && this.#depth === 1) {
      if (this.#listSeen) throw this.#malformed("a second list in the object", "one list of records");
      this.#listSeen = true;
      this.#place = "list";
    }
    this.#depth += depthChange(byte);
    if (this.#depth === 0) this.#place = "after";
  }

  #stepList(spans: RecordSpans, byte: number, at: number): void {
    if (this.#depth === this.#listDepth && (byte === comma || byte === closeList)) {
      this.#endElement(spans, at);
      if (byte === comma) return;
      this.#depth--;
      this.#place = this.#listDepth === 2 ? "wrapper" : "after";
      return;
    }
    if (this.#elementStart < 0) this.#elementStart = at;
    this.#depth += depthChange(byte);
    if (this.#depth < this.#listDepth) throw this.#malformed("a closing bracket too many", "brackets that pair");
  }

  #endElement(spans: RecordSpans, end: number): void {
    if (this.#elementStart < 0) return;
    let last = end;
    while (isSpace(spans.bytes[last - 1] as number)) last--;
    this.#countLines(spans.bytes, this.#elementStart);
    spans.starts.push(this.#elementStart);
    spans.ends.push(last);
    spans.lines.push(this.#line);
    this.#elementStart = -1;
  }

  #checkEnd(bytes: Buffer): void {
    this.#countLines(bytes, this.#place === "after" ? this.#linesCountedTo : bytes.length);
    if (this.#place === "before") throw this.#malformed("no JSON", "a whole JSON list");
    if (this.#place !== "after") throw this.#malformed("the text ends before the JSON does", "a whole JSON list");
    if (!this.#listSeen)
      throw this.#malformed("an object without a list", "a list of records, or an object that holds one");
  }

  #countLines(bytes: Buffer, to: number): void {
    let at = bytes.indexOf(lineFeed, this.#linesCountedTo);
    for (; at >= 0 && at < to; at = bytes.indexOf(lineFeed, at + 1)) this.#line++;
    this.#linesCountedTo = to;
  }

  #malformed(seen: string, expected: string): KindredError {
    return new KindredError("source-malformed", {
      seen: `${seen} (line ${this.#line})`,
      expected,
      where: { file: this.#file },
    });
  }
}

function depthChange(byte: number): number {
  if (byte === openList || byte === openObject) return 1;
  return byte === closeList || byte === closeObject ? -1 : 0;
}

/** Where the string that holds `from` ends; -1 when not in these bytes. */
function stringEnd(bytes: Buffer, from: number): number {
  for (let end = bytes.indexOf(quote, from); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    if (backslashesBefore(bytes, end, from) % 2 === 0) return end;
  }
  return -1;
}

/** 1 when the bytes end in the middle of an escape, which must be looked at again with the next piece; else 0. */
function openEscape(bytes: Buffer, from: number): number {
  return backslashesBefore(bytes, bytes.length, from) % 2;
}

function backslashesBefore(bytes: Buffer, at: number, from: number): number {
  let count = 0;
  while (at - 1 - count >= from && bytes[at - 1 - count] === backslash) count++;
  return count;
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === lineFeed || byte === 13 || byte === 9;
}
