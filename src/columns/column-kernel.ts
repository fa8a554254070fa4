import { type KernelExports, type KernelMemory, kernelMemory, kernelPageBytes, openKernel } from "../base/index.ts";

/** What `wasm/columns` offers. */
export type ColumnFunctions = KernelExports<
  | "countBytes"
  | "countSampled"
  | "distinctMembers"
  | "snappy"
  | "writeIds"
  | "readLevels"
  | "readWords"
  | "readNumbers"
  | "readIntegers"
  | "beginTexts"
  | "numberTexts"
  | "numberSpans"
  | "placeTexts"
  | "spreadWords"
  | "takeSampled"
  | "spreadNumbers"
  | "listOffsets"
>;

/** Kernels keep their constants below this. */
const firstByte = 65_536;
const firstPages = 256;
const bytesMax = 2 ** 32 - kernelPageBytes;
/** Bytes behind what is handed out that kernels may read or overwrite. */
const spare = 32;

/** The last one opened in this thread, as long as nothing needs its memory more. */
let last: WeakRef<ColumnKernel> | undefined;

/** The kernel `wasm/columns` and the memory that it works in, of which one column at a time makes use. */
export class ColumnKernel {
  readonly run: ColumnFunctions;
  readonly #memory: KernelMemory;
  #next = firstByte;

  private constructor(run: ColumnFunctions, memory: KernelMemory) {
    this.run = run;
    this.#memory = memory;
  }

  /** Undefined where it is not built. */
  static open(): ColumnKernel | undefined {
    const known = last?.deref();
    if (known !== undefined) return known;
    const memory = kernelMemory(firstPages, bytesMax / kernelPageBytes);
    const run: ColumnFunctions | undefined = openKernel("columns", memory);
    const opened = run && new ColumnKernel(run, memory);
    last = opened && new WeakRef(opened);
    return opened;
  }

  /** Where what is taken next begins: {@link reset} to it gives that back. */
  get mark(): number {
    return this.#next;
  }

  /** Takes back what was taken since a mark, or all. */
  reset(mark = firstByte): void {
    this.#next = mark;
  }

  /** Whether so many bytes are left. */
  hasRoomFor(bytes: number): boolean {
    return this.#next + bytes + 4 * spare <= bytesMax;
  }

  /** Takes so many bytes, whatever they hold; what is never touched costs nothing. */
  take(bytes: number): number {
    const at = this.#next;
    this.#next = Math.ceil((at + bytes + spare) / 16) * 16;
    const missing = this.#next - this.#memory.buffer.byteLength;
    if (missing > 0) this.#grow(missing);
    return at;
  }

  /** By half as much again, since growing memory that threads may share takes its time. */
  #grow(missing: number): void {
    const has = this.#memory.buffer.byteLength;
    const more = Math.min(Math.max(missing, has / 2), bytesMax - has);
    this.#memory.grow(Math.ceil(more / kernelPageBytes));
  }

  /** Takes room for some bytes and puts them there. */
  place(bytes: Uint8Array): number {
    const at = this.take(bytes.length);
    this.bytes(at, bytes.length).set(bytes);
    return at;
  }

  /** Takes room for some words and puts them there. */
  placeWords(words: Int32Array): number {
    const at = this.take(words.byteLength);
    this.words(at, words.length).set(words);
    return at;
  }

  /** Bytes of the memory, which later calls overwrite. */
  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, at, length);
  }

  /** Words of the memory, which later calls overwrite. */
  words(at: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, length);
  }

  /** Numbers of the memory, which later calls overwrite. */
  numbers(at: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, at, length);
  }
}
