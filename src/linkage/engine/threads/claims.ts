/** Units that a thread may be ahead of the reader: what they found waits in memory. */
const aheadMax = 64;

/** Places of the shared words. */
const word = { next: 0, read: 1, told: 2, threadCount: 3 } as const;

/** Who scans which unit, in memory that all threads of a scan share. */
export class Claims {
  readonly shared: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(word.threadCount * 4)) {
    this.shared = shared;
    this.#words = new Int32Array(shared);
  }

  /** Takes the next unit that nobody has. */
  claim(): number {
    return Atomics.add(this.#words, word.next, 1);
  }

  /** Waits until the reader is near enough to a unit; it never waits itself, so the unit it waits for is always scanned. */
  awaitReader(unit: number): void {
    for (;;) {
      const read = Atomics.load(this.#words, word.read);
      if (unit - read <= aheadMax) return;
      Atomics.wait(this.#words, word.read, read);
    }
  }

  /** Says how many units were read. */
  readUpTo(unit: number): void {
    Atomics.store(this.#words, word.read, unit);
    Atomics.notify(this.#words, word.read);
  }

  /** Says that something was found. */
  tell(): void {
    Atomics.add(this.#words, word.told, 1);
    Atomics.notify(this.#words, word.told);
  }

  /** How often it was told. */
  get told(): number {
    return Atomics.load(this.#words, word.told);
  }

  /** Waits until it is told more often than `told`; false when that takes too long. */
  awaitTold(told: number, timeoutMs: number): boolean {
    return Atomics.wait(this.#words, word.told, told, timeoutMs) !== "timed-out";
  }
}
