import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { sha256 } from "../../base/index.ts";
import { cutText, maxTextLength } from "../limits.ts";

const flushBytes = 1 << 20;

/**
 * Long texts kept in a file while a graph is built, so memory holds a hash and a place a text and not the text.
 * Equal texts are kept once.
 */
export class TextSpool {
  readonly #file: number;
  readonly #codes = new Map<string, number>();
  readonly #hashes: string[] = [];
  readonly #starts: number[] = [0];
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w+");
  }

  /** The code of a text, a new one when it was not seen before. */
  add(text: string): number {
    const bytes = Buffer.from(cutText(text, maxTextLength));
    const hash = sha256(bytes).slice(0, 32);
    const known = this.#codes.get(hash);
    if (known !== undefined) return known;
    const code = this.#hashes.length;
    this.#codes.set(hash, code);
    this.#hashes.push(hash);
    this.#starts.push((this.#starts[code] as number) + bytes.length);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= flushBytes) this.#flush();
    return code;
  }

  /** A hash a text, by code: the order that does not depend on when a text came. */
  get hashes(): readonly string[] {
    return this.#hashes;
  }

  /** The text of a code. */
  read(code: number): string {
    if (this.#pendingBytes > 0) this.#flush();
    const start = this.#starts[code] as number;
    const bytes = Buffer.alloc((this.#starts[code + 1] as number) - start);
    readSync(this.#file, bytes, 0, bytes.length, start);
    return bytes.toString("utf8");
  }

  /** Closes the file; it is the caller's to delete. */
  close(): void {
    closeSync(this.#file);
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written);
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}
