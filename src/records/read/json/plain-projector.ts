import { cell, childBytes, childPlace, entryKind, nodePlace, outcome, planPlace } from "./layout.ts";
import { kindOfString, PlainDictionary } from "./plain-dictionary.ts";
import { closingQuote, literalEnd, nowhere, skipSpace, valueEnd, valueStart } from "./plain-json.ts";
import { unescapeText } from "./plain-unescape.ts";
import { hashOfKey, type ProjectionMemory } from "./projection-memory.ts";

const [quote, backslash, comma] = [34, 92, 44] as const;
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125] as const;
const nullByte = 110;
const [minus, zero, nine] = [45, 48, 57] as const;
const nameKey = Buffer.from("name");

/**
 * Reads the wanted paths of JSON objects, one a span, into cells and dictionary: in TypeScript what the kernel
 * `wasm/records` does. It checks every byte of a record, wanted or not; whatever it cannot read exactly (keys that are escaped
 * or repeated, deep nesting, what is no JSON) it leaves to JSON.parse.
 */
export class PlainProjector {
  readonly #memory: ProjectionMemory;
  readonly #dictionary: PlainDictionary;
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  #end = 0;

  constructor(memory: ProjectionMemory) {
    this.#memory = memory;
    this.#dictionary = new PlainDictionary(memory);
    this.#bytes = memory.bytes;
    this.#words = memory.words;
  }

  /** Goes on through the loaded spans; gives an {@link outcome}. */
  project(): number {
    const memory = this.#memory;
    const count = memory.get(planPlace.spanCount);
    for (let span = memory.get(planPlace.spanAt); span < count; span++) {
      memory.set(planPlace.spanAt, span);
      const start = this.#words[(memory.get(planPlace.starts) >> 2) + span] as number;
      const end = this.#words[(memory.get(planPlace.ends) >> 2) + span] as number;
      if (!hasRoom(memory, end - start)) return outcome.full;
      const items = memory.get(planPlace.itemCount);
      memory.set(planPlace.stamp, (memory.get(planPlace.stamp) + 1) | 0);
      if (!this.#record(start, end)) {
        memory.set(planPlace.itemCount, items);
        this.#untouch();
        return outcome.odd;
      }
      memory.set(planPlace.row, memory.get(planPlace.row) + 1);
    }
    memory.set(planPlace.spanAt, count);
    return outcome.done;
  }

  #record(start: number, end: number): boolean {
    this.#end = end;
    const at = skipSpace(this.#bytes, start, end);
    if (at >= end || this.#bytes[at] !== openObject) return false;
    const after = this.#object(this.#memory.get(planPlace.root), at + 1);
    return after >= 0 && skipSpace(this.#bytes, after, end) === end;
  }

  /** The members of an object from behind its bracket on; gives the byte after it. */
  #object(node: number, from: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = skipSpace(bytes, from, end);
    if (at < end && bytes[at] === closeObject) return at + 1;
    for (;;) {
      if (at >= end || bytes[at] !== quote) return nowhere;
      const closing = closingQuote(bytes, at + 1, end);
      if (closing < 0) return nowhere;
      const child = this.#find(node, at + 1, closing);
      if (child < 0) return nowhere;
      at = valueStart(bytes, closing + 1, end);
      if (at < 0) return nowhere;
      at = child === 0 ? valueEnd(bytes, at, end) : this.#value(child, at);
      if (at < 0) return nowhere;
      at = skipSpace(bytes, at, end);
      if (at >= end) return nowhere;
      if (bytes[at] === closeObject) return at + 1;
      if (bytes[at] !== comma) return nowhere;
      at = skipSpace(bytes, at + 1, end);
    }
  }

  /** The node that a key leads to, 0 for none; {@link nowhere} when only JSON.parse can tell. */
  #find(node: number, from: number, to: number): number {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) if (bytes[at] === backslash) return nowhere;
    const mask = this.#words[(node + nodePlace.childMask) >> 2] as number;
    if (mask < 0) return 0;
    const children = this.#words[(node + nodePlace.children) >> 2] as number;
    const length = to - from;
    for (let slot = hashOfKey(bytes, from, length) & mask; ; slot = (slot + 1) & mask) {
      const at = children + slot * childBytes;
      const child = this.#words[(at + childPlace.node) >> 2] as number;
      if (child === 0) return 0;
      if (this.#words[(at + childPlace.keyLength) >> 2] !== length) continue;
      const key = this.#words[(at + childPlace.key) >> 2] as number;
      if (areEqual(bytes, bytes.subarray(key, key + length), from)) return child;
    }
  }

  /** The value of a wanted member, or one on the way to them; gives the byte after it. */
  #value(node: number, at: number): number {
    const bytes = this.#bytes;
    const words = this.#words;
    const stamp = this.#memory.get(planPlace.stamp);
    if (words[(node + nodePlace.stamp) >> 2] === stamp) return nowhere;
    words[(node + nodePlace.stamp) >> 2] = stamp;
    const column = words[(node + nodePlace.column) >> 2] as number;
    const byte = bytes[at] as number;
    if (byte === openObject) {
      if (words[(node + nodePlace.deepest) >> 2] === 1 && column >= 0)
        return this.#put(column, at, valueEnd(bytes, at, this.#end), entryKind.json);
      if ((words[(node + nodePlace.childMask) >> 2] as number) >= 0) return this.#object(node, at + 1);
    }
    if (column < 0 || byte === openObject) return valueEnd(bytes, at, this.#end);
    if (byte === openList) return this.#list(column, at + 1);
    if (byte === quote) {
      const closing = closingQuote(bytes, at + 1, this.#end);
      if (closing < 0 || !this.#set(column, this.#string(column, at, closing))) return nowhere;
      return closing + 1;
    }
    const end = at < this.#end ? literalEnd(bytes, at, this.#end) : nowhere;
    if (byte === nullByte) return end >= 0 && this.#set(column, cell.none) ? end : nowhere;
    return this.#put(column, at, end, entryKind.plain);
  }

  #put(column: number, at: number, end: number, kind: number): number {
    if (end < 0) return nowhere;
    return this.#set(column, this.#dictionary.add(column, kind, at, end - at)) ? end : nowhere;
  }

  /** The number of what a string says; of the string itself, with its quotes, where that is no UTF-8. */
  #string(column: number, opening: number, closing: number): number {
    const bytes = this.#bytes;
    if (kindOfString(bytes, opening + 1, closing) === entryKind.plain)
      return this.#dictionary.add(column, entryKind.plain, opening + 1, closing - opening - 1);
    const target = this.#memory.get(planPlace.unescaped);
    const length = unescapeText(bytes, opening + 1, closing, target);
    return length < 0
      ? this.#dictionary.add(column, entryKind.escaped, opening, closing + 1 - opening)
      : this.#dictionary.add(column, entryKind.plain, target, length);
  }

  /** False when the row has something in the column already. */
  #set(column: number, value: number): boolean {
    const memory = this.#memory;
    const at = (memory.get(planPlace.ids) >> 2) + column * memory.get(planPlace.rowsMax) + memory.get(planPlace.row);
    if (this.#words[at] !== cell.untouched) return false;
    this.#words[at] = value;
    return true;
  }

  /** The items of a list from behind its bracket on: how many, then the number of a text each. */
  #list(column: number, from: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    const memory = this.#memory;
    const start = memory.get(planPlace.itemCount);
    const items = memory.get(planPlace.items) >> 2;
    memory.set(planPlace.itemCount, start + 1);
    let at = skipSpace(bytes, from, end);
    if (at < end && bytes[at] === closeList) at++;
    else {
      for (;;) {
        at = this.#item(column, at);
        if (at < 0) return nowhere;
        at = skipSpace(bytes, at, end);
        if (at >= end) return nowhere;
        const byte = bytes[at++];
        if (byte === closeList) break;
        if (byte !== comma) return nowhere;
        at = skipSpace(bytes, at, end);
      }
    }
    this.#words[items + start] = memory.get(planPlace.itemCount) - start - 1;
    return this.#set(column, cell.listMark - start) ? at : nowhere;
  }

  #item(column: number, at: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    if (at >= end) return nowhere;
    const byte = bytes[at] as number;
    if (byte === openObject) return this.#itemObject(column, at);
    if (byte === quote) {
      const closing = closingQuote(bytes, at + 1, end);
      if (closing < 0) return nowhere;
      this.#push(this.#string(column, at, closing));
      return closing + 1;
    }
    const after = valueEnd(bytes, at, end);
    if (after < 0 || byte === nullByte) return after;
    this.#push(this.#dictionary.add(column, byte === openList ? entryKind.json : entryKind.plain, at, after - at));
    return after;
  }

  /** Of an object within a list its name, a text or number, else its JSON. */
  #itemObject(column: number, from: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let entry = nowhere;
    let nameSeen = false;
    let at = skipSpace(bytes, from + 1, end);
    let isOpen = !(at < end && bytes[at] === closeObject);
    while (isOpen) {
      if (at >= end || bytes[at] !== quote) return nowhere;
      const closing = closingQuote(bytes, at + 1, end);
      if (closing < 0 || kindOfString(bytes, at + 1, closing) !== entryKind.plain) return nowhere;
      const isName = closing - at - 1 === nameKey.length && areEqual(bytes, nameKey, at + 1);
      at = valueStart(bytes, closing + 1, end);
      if (at < 0 || (isName && nameSeen)) return nowhere;
      const after = valueEnd(bytes, at, end);
      if (after < 0) return nowhere;
      if (isName) {
        nameSeen = true;
        entry = this.#name(column, at, after);
      }
      at = skipSpace(bytes, after, end);
      if (at >= end) return nowhere;
      isOpen = bytes[at] !== closeObject;
      if (isOpen && bytes[at] !== comma) return nowhere;
      if (isOpen) at = skipSpace(bytes, at + 1, end);
    }
    this.#push(entry < 0 ? this.#dictionary.add(column, entryKind.json, from, at + 1 - from) : entry);
    return at + 1;
  }

  /** The number of a name that is a text or a number. */
  #name(column: number, from: number, after: number): number {
    const byte = this.#bytes[from] as number;
    if (byte === quote) return this.#string(column, from, after - 1);
    const isNumber = byte === minus || (byte >= zero && byte <= nine);
    return isNumber ? this.#dictionary.add(column, entryKind.plain, from, after - from) : nowhere;
  }

  #push(entry: number): void {
    const count = this.#memory.get(planPlace.itemCount);
    this.#words[(this.#memory.get(planPlace.items) >> 2) + count] = entry;
    this.#memory.set(planPlace.itemCount, count + 1);
  }

  /** Takes back what was read of a record. */
  #untouch(): void {
    const memory = this.#memory;
    const at = (memory.get(planPlace.ids) >> 2) + memory.get(planPlace.row);
    for (let column = 0; column < memory.columnCount; column++)
      this.#words[at + column * memory.get(planPlace.rowsMax)] = cell.untouched;
  }
}

/** Whether whatever a record of so many bytes may hold finds room. */
function hasRoom(memory: ProjectionMemory, length: number): boolean {
  const entries = memory.get(planPlace.entryCount) + (length >> 1) + 1;
  return (
    memory.get(planPlace.row) < memory.get(planPlace.rowsMax) &&
    memory.get(planPlace.itemCount) + length <= memory.get(planPlace.itemsMax) &&
    memory.get(planPlace.textBytes) + 2 * length <= memory.get(planPlace.textsMax) &&
    entries <= memory.get(planPlace.entriesMax) &&
    entries * 4 <= (memory.get(planPlace.slotMask) + 1) * 3
  );
}

function areEqual(bytes: Uint8Array, key: Uint8Array, from: number): boolean {
  for (let i = 0; i < key.length; i++) if (key[i] !== bytes[from + i]) return false;
  return true;
}
