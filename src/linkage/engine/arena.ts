import { KindredError, type KernelMemory, kernelMemory, kernelPageBytes } from "../../base/index.ts";

/** Typed memory and where it begins, in bytes from the start of the arena: what a kernel needs to find it. */
export interface Placed<A> {
  readonly at: number;
  readonly values: A;
}

/** Kernels keep their constants below this. */
const firstByte = 65_536;

/**
 * Shared memory that is handed out from the front and given back all at once. Everything the engine reads lies here, so
 * that the threads of a task share it and kernels reach it without a copy.
 */
export class Arena {
  readonly memory: KernelMemory;
  readonly #mebibytesMax: number;
  #next = firstByte;

  /** An arena of at most so many MiB; more than 4,096 cannot be addressed. */
  constructor(mebibytesMax = 4096) {
    this.#mebibytesMax = Math.min(mebibytesMax, 4096);
    this.memory = kernelMemory(2, (this.#mebibytesMax * 2 ** 20) / kernelPageBytes);
  }

  /** Bytes handed out so far. */
  get usedBytes(): number {
    return this.#next - firstByte;
  }

  /** `length` bytes, all zero. */
  uint8(length: number): Placed<Uint8Array> {
    const at = this.#take(length);
    return { at, values: new Uint8Array(this.memory.buffer, at, length) };
  }

  /** `length` 16-bit numbers, all zero. */
  uint16(length: number): Placed<Uint16Array> {
    const at = this.#take(length * 2);
    return { at, values: new Uint16Array(this.memory.buffer, at, length) };
  }

  /** `length` 32-bit whole numbers, all zero. */
  int32(length: number): Placed<Int32Array> {
    const at = this.#take(length * 4);
    return { at, values: new Int32Array(this.memory.buffer, at, length) };
  }

  /** `length` 64-bit floating point numbers, all zero. */
  float64(length: number): Placed<Float64Array> {
    const at = this.#take(length * 8);
    return { at, values: new Float64Array(this.memory.buffer, at, length) };
  }

  /** A copy of these bytes in the arena. */
  uint8Of(values: Uint8Array): Placed<Uint8Array> {
    const placed = this.uint8(values.length);
    placed.values.set(values);
    return placed;
  }

  /** A copy of these numbers in the arena. */
  int32Of(values: Int32Array): Placed<Int32Array> {
    const placed = this.int32(values.length);
    placed.values.set(values);
    return placed;
  }

  /** A copy of these numbers in the arena. */
  float64Of(values: Float64Array): Placed<Float64Array> {
    const placed = this.float64(values.length);
    placed.values.set(values);
    return placed;
  }

  #take(bytes: number): number {
    const at = this.#next;
    this.#next = Math.ceil((at + bytes) / 16) * 16;
    const missing = this.#next - this.memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / kernelPageBytes));
    return at;
  }

  #grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new KindredError("limit-exceeded", {
        seen: `a shard that needs more than ${Math.round(this.usedBytes / 2 ** 20)} MiB of memory`,
        expected: `at most ${this.#mebibytesMax} MiB`,
        hint: "Give tasks more memory (memoryMiB), or make more shards",
        cause,
      });
    }
  }
}
