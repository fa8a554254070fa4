const firstCapacity = 1024;

/** A typed array that doubles as it fills: for columns whose length is known only at the end. */
abstract class GrowingArray<A extends Int32Array | Float64Array> {
  protected items: A;
  #length = 0;

  constructor(items: A) {
    this.items = items;
  }

  protected abstract allocate(capacity: number): A;

  /** How many numbers were pushed. */
  get length(): number {
    return this.#length;
  }

  /** Appends one number. */
  push(value: number): void {
    if (this.#length === this.items.length) {
      const larger = this.allocate(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.#length++] = value;
  }

  /** Whether a number was pushed at the place `start` or later. */
  hasFrom(start: number, value: number): boolean {
    for (let i = start; i < this.#length; i++) if (this.items[i] === value) return true;
    return false;
  }

  /** The numbers from the place `start` on, valid until the next push. */
  from(start: number): A {
    return this.items.subarray(start, this.#length) as A;
  }

  /** Appends many numbers. */
  pushAll(values: A): void {
    const length = this.#length + values.length;
    if (length > this.items.length) {
      const larger = this.allocate(Math.max(length, this.items.length * 2));
      larger.set(this.items);
      this.items = larger;
    }
    this.items.set(values, this.#length);
    this.#length = length;
  }

  /** Exactly the pushed numbers: a copy, but where they fill the array, which then no later push changes. */
  toArray(): A {
    return this.#length === this.items.length ? this.items : (this.items.slice(0, this.#length) as A);
  }
}

/** A growing array of 32-bit whole numbers. */
export class GrowingInt32 extends GrowingArray<Int32Array> {
  /** Room is made for so many numbers at first; more are welcome. */
  constructor(capacity = firstCapacity) {
    super(new Int32Array(Math.max(1, capacity)));
  }

  protected override allocate(capacity: number): Int32Array {
    return new Int32Array(capacity);
  }
}

/** A growing array of 64-bit floating point numbers. */
export class GrowingFloat64 extends GrowingArray<Float64Array> {
  /** Room is made for so many numbers at first; more are welcome. */
  constructor(capacity = firstCapacity) {
    super(new Float64Array(Math.max(1, capacity)));
  }

  protected override allocate(capacity: number): Float64Array {
    return new Float64Array(capacity);
  }
}
