import type { Utf8Texts } from "../../columns/index.ts";

const [comma, lineFeed, quote] = [0x2c, 0x0a, 0x22];
/** What must stand in quotes. */
const special = Uint8Array.from({ length: 256 }, (_, byte) => Number([comma, lineFeed, quote, 0x0d].includes(byte)));
const firstCapacity = 1 << 16;
const encoder = new TextEncoder();

/**
 * Lines of RFC 4180 as bytes, the same as those of `csvLine`: texts that lie in UTF-8 are copied, and no string is made of them.
 * A field may be put together of several texts.
 */
export class CsvBytes {
  #bytes = new Uint8Array(firstCapacity);
  #length = 0;
  /** Where the field begins that is being written. */
  #start = 0;

  /** Adds a text to the field. */
  text(text: string): void {
    const length = text.length;
    this.#makeRoom(length * 3);
    const bytes = this.#bytes;
    let to = this.#length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        to = this.#length + encoder.encodeInto(text, bytes.subarray(this.#length)).written;
        break;
      }
      bytes[to++] = unit;
    }
    this.#length = to;
  }

  /** Adds a text that lies among others to the field. */
  utf8({ bytes: from, offsets }: Utf8Texts, place: number): void {
    const end = offsets[place + 1] as number;
    let at = offsets[place] as number;
    this.#makeRoom(end - at);
    const bytes = this.#bytes;
    let to = this.#length;
    while (at < end) bytes[to++] = from[at++] as number;
    this.#length = to;
  }

  /** Ends the field; another follows in the same line. */
  next(): void {
    this.#end(comma);
  }

  /** Ends the field and the line. */
  endLine(): void {
    this.#end(lineFeed);
  }

  /** All lines that were ended. */
  toBytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#start);
  }

  #end(separator: number): void {
    const bytes = this.#bytes;
    for (let at = this.#start; at < this.#length; at++) {
      if (special[bytes[at] as number] === 0) continue;
      this.#quote();
      break;
    }
    this.#makeRoom(1);
    this.#bytes[this.#length++] = separator;
    this.#start = this.#length;
  }

  /** Puts the field in quotes and doubles those in it, from its end to its beginning. */
  #quote(): void {
    let quotes = 2;
    for (let at = this.#start; at < this.#length; at++) if (this.#bytes[at] === quote) quotes++;
    this.#makeRoom(quotes);
    const bytes = this.#bytes;
    let from = this.#length;
    this.#length += quotes;
    let to = this.#length;
    bytes[--to] = quote;
    while (from > this.#start) {
      const byte = bytes[--from] as number;
      bytes[--to] = byte;
      if (byte === quote) bytes[--to] = quote;
    }
    bytes[--to] = quote;
  }

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
