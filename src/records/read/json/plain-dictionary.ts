import { entryBytes, entryKind, entryPlace, ownerShift, planPlace } from "./layout.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

/** Longer texts are copied by the machine, not byte by byte. */
const copiedAtOnce = 64;

/** Numbers the texts of a projection by their bytes, column by column; the same as wasm/records/dictionary.ts. */
export class PlainDictionary {
  readonly #memory: ProjectionMemory;

  constructor(memory: ProjectionMemory) {
    this.#memory = memory;
  }

  /** The entry of these bytes, a new one when they were not seen before. */
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
      if (words[slots + slot * 2] === hash && this.#isEntry(known - 1, owner, from, length)) return known - 1;
      slot = (slot + 1) & mask;
    }
    const entry = this.#append(owner, from, length);
    words[slots + slot * 2] = hash;
    words[slots + slot * 2 + 1] = entry + 1;
    return entry;
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
    if (length > copiedAtOnce) bytes.copyWithin(start, from, from + length);
    else for (let i = 0; i < length; i++) bytes[start + i] = bytes[from + i] as number;
    this.#memory.set(planPlace.entryCount, entry + 1);
    bytes[start + length] = 0;
    this.#memory.set(planPlace.textBytes, this.#memory.get(planPlace.textBytes) + length + 1);
    return entry;
  }
}

/** What the bytes of a string are. */
export function kindOfString(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) if (bytes[at] === 92) return entryKind.escaped;
  return entryKind.plain;
}
