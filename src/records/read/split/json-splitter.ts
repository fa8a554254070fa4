import { KindredError } from "../../../base/index.ts";
import type { RecordSpans, RecordSplitter } from "./record-spans.ts";

const quote = 34;
const backslash = 92;
const lineFeed = 10;
const [comma, openList, closeList, openObject, closeObject] = [44, 91, 93, 123, 125] as const;

type Place = "before" | "wrapper" | "list" | "after";

/**
 * The elements of a JSON list, or of the one list in an object that wraps it, found by brackets and quotes alone, so a file
 * of any size is read in a stream; what is wrong inside an element is left to the parser of elements.
 */
export function jsonSplitter(file: string): RecordSplitter {
  let place: Place = "before";
  let wrapped = false;
  let listSeen = false;
  let depth = 0;
  let inString = false;
  let elementStart = -1;
  let resumeAt = 0;
  let line = 1;
  let lineAt = 0;

  const malformed = (seen: string, expected: string): KindredError =>
    new KindredError("source-malformed", { seen: `${seen} (line ${line})`, expected, where: { file } });

  const countLines = (bytes: Buffer, to: number): void => {
    for (let at = bytes.indexOf(lineFeed, lineAt); at >= 0 && at < to; at = bytes.indexOf(lineFeed, at + 1)) line++;
    lineAt = to;
  };

  const endElement = (spans: RecordSpans, end: number): void => {
    if (elementStart < 0) return;
    let last = end;
    while (last > elementStart && isSpace(spans.bytes[last - 1] as number)) last--;
    countLines(spans.bytes, elementStart);
    spans.starts.push(elementStart);
    spans.ends.push(last);
    spans.lines.push(line);
    elementStart = -1;
  };

  const openTop = (byte: number): void => {
    if (byte === openList) place = "list";
    else if (byte === openObject) {
      place = "wrapper";
      wrapped = true;
    } else throw malformed(`text that begins with "${String.fromCharCode(byte)}"`, "a JSON list or object");
    if (place === "list") listSeen = true;
    depth = 1;
  };

  const stepWrapper = (byte: number): void => {
    if (byte === openList && depth === 1) {
      if (listSeen) throw malformed("a second list in the object", "one list of records");
      listSeen = true;
      place = "list";
    }
    if (byte === openList || byte === openObject) depth++;
    else if (byte === closeList || byte === closeObject) depth--;
    if (depth === 0) place = "after";
  };

  const stepList = (spans: RecordSpans, byte: number, at: number): void => {
    const listDepth = wrapped ? 2 : 1;
    if (depth === listDepth && byte === comma) return endElement(spans, at);
    if (depth === listDepth && byte === closeList) {
      endElement(spans, at);
      depth--;
      place = wrapped ? "wrapper" : "after";
      return;
    }
    if (elementStart < 0) elementStart = at;
    if (byte === openList || byte === openObject) depth++;
    else if (byte === closeList || byte === closeObject) depth--;
    if (depth < listDepth) throw malformed(`a closing bracket too many`, "brackets that pair");
  };

  const step = (spans: RecordSpans, byte: number, at: number): void => {
    if (place === "before") openTop(byte);
    else if (place === "list") stepList(spans, byte, at);
    else if (place === "wrapper") stepWrapper(byte);
    else {
      countLines(spans.bytes, at);
      throw malformed(`"${String.fromCharCode(byte)}" after the end of the JSON`, "nothing more");
    }
  };

  const scan = (spans: RecordSpans): number => {
    const { bytes } = spans;
    let at = resumeAt;
    while (at < bytes.length) {
      const byte = bytes[at] as number;
      if (inString) {
        const end = stringEnd(bytes, at);
        if (end < 0) return bytes.length - trailingBackslashes(bytes, at);
        inString = false;
        at = end + 1;
        continue;
      }
      if (!isSpace(byte)) {
        if (byte === quote) inString = true;
        if (byte !== quote || place === "before" || place === "after") step(spans, byte, at);
        else if (place === "list" && elementStart < 0) elementStart = at;
      }
      at++;
    }
    return at;
  };

  return {
    split(spans, last) {
      resumeAt = scan(spans);
      const { length } = spans.bytes;
      if (last && place !== "after") {
        countLines(spans.bytes, length);
        throw malformed(place === "before" ? "no JSON" : "the text ends before the JSON does", "a whole JSON list");
      }
      if (last && !listSeen) throw malformed("an object without a list", "a list of records, or an object that holds one");
      const keep = elementStart >= 0 ? elementStart : resumeAt;
      countLines(spans.bytes, keep);
      resumeAt -= keep;
      lineAt -= keep;
      if (elementStart >= 0) elementStart = 0;
      return keep;
    },
  };
}

/** Where the string that holds `from` ends; -1 when not in these bytes. */
function stringEnd(bytes: Buffer, from: number): number {
  for (let end = bytes.indexOf(quote, from); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let slashes = 0;
    while (end - 1 - slashes >= from && bytes[end - 1 - slashes] === backslash) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

/** 1 when the bytes end in the middle of an escape, which must be looked at again with the next piece; else 0. */
function trailingBackslashes(bytes: Buffer, from: number): number {
  let slashes = 0;
  while (bytes.length - 1 - slashes >= from && bytes[bytes.length - 1 - slashes] === backslash) slashes++;
  return slashes % 2;
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === lineFeed || byte === 13 || byte === 9;
}
