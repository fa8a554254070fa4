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
  readonly #first: number;
  #next: number;

  /** An arena of at most so many MiB; more than 4,096 cannot be addressed. `within` is for {@link beyond}. */
  constructor(mebibytesMax = 4096, within: { readonly memory: KernelMemory; readonly first: number } | null = null) {
    this.#mebibytesMax = Math.min(mebibytesMax, 4096);
    this.memory = within?.memory ?? kernelMemory(2, (this.#mebibytesMax * 2 ** 20) / kernelPageBytes);
    this.#first = within?.first ?? firstByte;
    this.#next = this.#first;
  }

  /** Bytes handed out so far. */
  get usedBytes(): number {
    return this.#next - this.#first;
  }

  /** Whether so many bytes more could be handed out. */
  hasRoomFor(bytes: number): boolean {
    return this.#next + bytes <= this.#mebibytesMax * 2 ** 20;
  }

  /**
   * Memory behind the next `room` bytes of this arena, in the same address space, for what is needed only while these are
   * filled: {@link wipe} it then. Memory between that is never touched costs nothing.
   */
  beyond(room: number): Arena {
    return new Arena(this.#mebibytesMax, { memory: this.memory, first: Math.ceil((this.#next + room) / 16) * 16 });
  }

  /** Takes back everything from a byte on, which must not have been written to. */
  takeBackFrom(at: number): void {
    this.#next = Math.ceil(at / 16) * 16;
  }

  /** Takes back everything, and leaves zeros. */
  wipe(): void {
    new Uint8Array(this.memory.buffer, this.#first, this.usedBytes).fill(0);
    this.#next = this.#first;
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
