import { Buffer, isUtf8 } from "node:buffer";
import { type Dictionary, utf8Dictionary } from "./dictionary.ts";
import type { Utf8Texts } from "./utf8-texts.ts";

const firstTexts = 1024;
const firstBytes = 16_384;
/** Longer texts are copied by the machine, not byte by byte. */
const copiedAtOnce = 64;

/**
 * The distinct texts of a column under numbers from 0 on, in order of first appearance. It works on UTF-8 in one buffer, so
 * that no text needs to be a string of its own: a million texts take their bytes and 20 more each.
 */
export class TextNumbers {
  #bytes: Uint8Array;
  #offsets: Int32Array;
  #size = 0;
  /** Open addressing: the hash of a text at `2 * slot`, its number plus one behind it, 0 in a free slot. */
  #slots = new Int32Array(0);
  /** How many texts the slots know; those appended since are added when one is looked for. */
  #indexed = 0;
  #scratch = Buffer.alloc(256);
  /** The bytes as what makes strings of them. */
  #readable: Buffer = this.#scratch;
  readonly #expected: number;

  /** Empty, with room for as many texts and bytes as are expected. */
  constructor(expectedTexts = firstTexts, expectedBytes = firstBytes) {
    this.#expected = Math.max(expectedTexts, firstTexts);
    this.#bytes = new Uint8Array(Math.max(expectedBytes, firstBytes));
    this.#offsets = new Int32Array(this.#expected + 1);
  }

  /** Of distinct texts, which are taken over: they must not be written to any more. */
  static of({ bytes, offsets }: Utf8Texts): TextNumbers {
    const size = offsets.length - 1;
    const made = new TextNumbers(0, 0);
    made.#bytes = bytes;
    made.#offsets = offsets;
    made.#size = size;
    return made;
  }

  /** How many texts there are. */
  get size(): number {
    return this.#size;
  }

  /** How many bytes they have. */
  get byteLength(): number {
    return this.#offsets[this.#size] as number;
  }

  /** The number of a text in UTF-8, a new one when it was not seen before. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    if (this.#indexed < this.#size || this.#slots.length === 0) this.#index();
    const hash = hashBytes(bytes, from, to);
    const slot = this.#slotOf(hash, bytes, from, to);
    const known = (this.#slots[slot * 2 + 1] as number) - 1;
    if (known >= 0) return known;
    const number = this.append(bytes, from, to);
    this.#slots[slot * 2] = hash;
    this.#slots[slot * 2 + 1] = number + 1;
    this.#indexed = this.#size;
    if (this.#size * 4 > this.#slots.length) this.#growSlots(this.#slots.length * 2);
    return number;
  }

  /** Gives a text a new number without a look whether it was seen before: for texts that are known to be new. */
  append(bytes: Uint8Array, from: number, to: number): number {
    const number = this.#size++;
    if (this.#size === this.#offsets.length) this.#offsets = grown(this.#offsets, this.#size * 2);
    const start = this.#offsets[number] as number;
    const end = start + to - from;
    if (end > this.#bytes.length) this.#bytes = grownBytes(this.#bytes, Math.max(end, this.#bytes.length * 2));
    const own = this.#bytes;
    if (to - from > copiedAtOnce) own.set(bytes.subarray(from, to), start);
    else for (let i = from, at = start; i < to; i++) own[at++] = bytes[i] as number;
    this.#offsets[number + 1] = end;
    return number;
  }

  /** The number of a text in UTF-8; -1 when it was not seen before. */
  find(bytes: Uint8Array, from: number, to: number): number {
    if (this.#indexed < this.#size || this.#slots.length === 0) this.#index();
    const slot = this.#slotOf(hashBytes(bytes, from, to), bytes, from, to);
    return (this.#slots[slot * 2 + 1] as number) - 1;
  }

  /** The number of a text, a new one when it was not seen before. */
  numberOfText(text: string): number {
    if (this.#scratch.length < text.length * 3) this.#scratch = Buffer.alloc(text.length * 4);
    const scratch = this.#scratch;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) return this.numberOf(scratch, 0, scratch.write(text));
      scratch[i] = unit;
    }
    return this.numberOf(scratch, 0, text.length);
  }

  /** The text under a number. */
  textOf(number: number): string {
    const bytes = this.#bytes;
    if (this.#readable.buffer !== bytes.buffer)
      this.#readable = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.#readable.toString("utf8", this.#offsets[number] as number, this.#offsets[number + 1] as number);
  }

  /** How many bytes the text under a number has. */
  byteLengthOf(number: number): number {
    return (this.#offsets[number + 1] as number) - (this.#offsets[number] as number);
  }

  /** Whether the bytes of every text are UTF-8. */
  isUtf8(): boolean {
    const { bytes, offsets } = this.utf8();
    if (!isUtf8(bytes)) return false;
    // Bytes that only together are a letter may lie in two texts.
    for (let i = 0; i < this.#size; i++) if (((bytes[offsets[i] as number] ?? 0) & 0xc0) === 0x80) return false;
    return true;
  }

  /** All texts so far, without a copy; later ones do not change it. */
  utf8(): Utf8Texts {
    return { bytes: this.#bytes.subarray(0, this.byteLength), offsets: this.#offsets.subarray(0, this.#size + 1) };
  }

  /** The dictionary of all texts so far; later ones do not change it. */
  dictionary(): Dictionary {
    return utf8Dictionary(this.utf8());
  }

  /** Where a text is, or would be. */
  #slotOf(hash: number, bytes: Uint8Array, from: number, to: number): number {
    const slots = this.#slots;
    const mask = (slots.length >> 1) - 1;
    let slot = hash & mask;
    for (;;) {
      const number = (slots[slot * 2 + 1] as number) - 1;
      if (number < 0 || (slots[slot * 2] === hash && this.#isAt(number, bytes, from, to))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isAt(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#offsets[number] as number;
    const length = to - from;
    if ((this.#offsets[number + 1] as number) - start !== length) return false;
    const own = this.#bytes;
    for (let i = 0; i < length; i++) if (own[start + i] !== bytes[from + i]) return false;
    return true;
  }

  /** Puts appended texts into the slots. */
  #index(): void {
    const needed = 2 ** Math.ceil(Math.log2(Math.max(this.#size, this.#expected) * 4));
    if (needed > this.#slots.length) this.#growSlots(needed);
    const slots = this.#slots;
    const mask = (slots.length >> 1) - 1;
    for (let number = this.#indexed; number < this.#size; number++) {
      const hash = hashBytes(this.#bytes, this.#offsets[number] as number, this.#offsets[number + 1] as number);
      let slot = hash & mask;
      while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      slots[slot * 2] = hash;
      slots[slot * 2 + 1] = number + 1;
    }
    this.#indexed = this.#size;
  }

  #growSlots(length: number): void {
    const old = this.#slots;
    const slots = new Int32Array(length);
    const mask = (slots.length >> 1) - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      let slot = (old[i] as number) & mask;
      while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      slots[slot * 2] = old[i] as number;
      slots[slot * 2 + 1] = old[i + 1] as number;
    }
    this.#slots = slots;
  }
}

function grown(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(from);
  return larger;
}

function grownBytes(from: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(from);
  return larger;
}

/** Four bytes a step, mixed as MurmurHash3 does (A. Appleby, public domain); equality is told by the bytes themselves. */
function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    hash = Math.imul(hash ^ word, 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  for (; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x5bd1e995);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0x5bd1e995);
  return hash ^ (hash >>> 15);
}
