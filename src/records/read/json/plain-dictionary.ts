import { columnBytes, columnPlace, entryBytes, entryKind, entryPlace, ownerShift, planPlace } from "./layout.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

/** Longer texts are copied by the machine, not byte by byte. */
const copiedAtOnce = 64;

/** Numbers the texts of a projection by their bytes, column by column; the same as wasm/records/dictionary.ts. */
export class PlainDictionary {
  readonly #memory: ProjectionMemory;

  constructor(memory: ProjectionMemory) {
    this.#memory = memory;
  }

  /** The number of these bytes among the texts of a column, a new one when they were not seen before. */
  add(column: number, kind: number, from: number, length: number): number {
    const owner = (column << ownerShift) | kind;
    const { bytes, words } = this.#memory;
    let hash = Math.imul(owner, 0x9e3779b1) ^ length;
    for (let at = from; at < from + length; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#memory.get(planPlace.slotMask);
    const slots = this.#memory.get(planPlace.slots) >> 2;
    let slot = hash & mask;
    for (;;) {
      const known = words[slots + slot * 2 + 1] as number;
      if (known === 0) break;
      if (words[slots + slot * 2] === hash && this.#isEntry(known - 1, owner, from, length))
        return this.#memory.entry(known - 1, entryPlace.number);
      slot = (slot + 1) & mask;
    }
    words[slots + slot * 2] = hash;
    words[slots + slot * 2 + 1] = this.#memory.get(planPlace.entryCount) + 1;
    return this.#append(owner, from, length);
  }

  #isEntry(entry: number, owner: number, from: number, length: number): boolean {
    const { bytes, words } = this.#memory;
    const at = (this.#memory.get(planPlace.entries) + entry * entryBytes) >> 2;
    if (words[at + (entryPlace.owner >> 2)] !== owner) return false;
    if (words[at + (entryPlace.length >> 2)] !== length) return false;
    const start = words[at + (entryPlace.start >> 2)] as number;
    for (let i = 0; i < length; i++) if (bytes[start + i] !== bytes[from + i]) return false;
    return true;
  }

  #append(owner: number, from: number, length: number): number {
    const { bytes, words } = this.#memory;
    const entry = this.#memory.get(planPlace.entryCount);
    const start = this.#memory.get(planPlace.texts) + this.#memory.get(planPlace.textBytes);
    const at = (this.#memory.get(planPlace.entries) + entry * entryBytes) >> 2;
    words[at + (entryPlace.start >> 2)] = start;
    words[at + (entryPlace.length >> 2)] = length;
    words[at + (entryPlace.owner >> 2)] = owner;
    const number = this.#count(owner, length);
    words[at + (entryPlace.number >> 2)] = number;
    if (length > copiedAtOnce) bytes.copyWithin(start, from, from + length);
    else for (let i = 0; i < length; i++) bytes[start + i] = bytes[from + i] as number;
    this.#memory.set(planPlace.entryCount, entry + 1);
    bytes[start + length] = 0;
    this.#memory.set(planPlace.textBytes, this.#memory.get(planPlace.textBytes) + length + 1);
    return number;
  }

  /** Counts a text with its column; gives how many there were before. */
  #count(owner: number, length: number): number {
    const { words } = this.#memory;
    const at = (this.#memory.get(planPlace.columns) + (owner >> ownerShift) * columnBytes) >> 2;
    const number = words[at + (columnPlace.texts >> 2)] as number;
    words[at + (columnPlace.texts >> 2)] = number + 1;
    words[at + (columnPlace.textBytes >> 2)] = (words[at + (columnPlace.textBytes >> 2)] as number) + length;
    if ((owner & ((1 << ownerShift) - 1)) !== entryKind.plain)
      words[at + (columnPlace.odd >> 2)] = (words[at + (columnPlace.odd >> 2)] as number) + 1;
    return number;
  }
}

/** What the bytes of a string are. */
export function kindOfString(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) if (bytes[at] === 92) return entryKind.escaped;
  return entryKind.plain;
}
