import { closeSync, openSync, readSync } from "node:fs";
import { KindredError } from "../../base/index.ts";
import { maxTextLength } from "../limits.ts";

const chunkBytes = 4096;

/** A line of JSON is at most this long: six bytes a unit when every one is escaped. */
const maxLineBytes = 6 * maxTextLength + 16;

/** The file of long texts, read one at a time. It is opened on first use and may be closed and used again. */
export class TextFile {
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The text that starts at a byte.
   * @throws artifact-damaged when no whole line starts there
   */
  read(start: number): string {
    this.#file ??= openSync(this.#path, "r");
    const parts: Buffer[] = [];
    for (let length = 0; length < maxLineBytes; ) {
      const chunk = Buffer.alloc(chunkBytes);
      const bytes = chunk.subarray(0, readSync(this.#file, chunk, 0, chunkBytes, start + length));
      const end = bytes.indexOf(0x0a);
      parts.push(end === -1 ? bytes : bytes.subarray(0, end));
      if (end !== -1) return JSON.parse(Buffer.concat(parts).toString("utf8")) as string;
      if (bytes.length === 0) break;
      length += bytes.length;
    }
    throw new KindredError("artifact-damaged", {
      seen: `no whole text at byte ${start}`,
      expected: "a JSON string on a line of its own",
      where: { file: this.#path },
    });
  }

  /** Closes the file. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
