/** The whole numbers and structs of a struct in Thrift's compact protocol, by field number; other values are passed over. */
export type ThriftStruct = ReadonlyMap<number, number | ThriftStruct>;

/** Kinds of values in Thrift's compact protocol. */
const kind = {
  stop: 0,
  yes: 1,
  no: 2,
  byte: 3,
  int16: 4,
  int64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  struct: 12,
};

/** Reads page headers: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md */
export class ThriftReader {
  readonly #bytes: Uint8Array;
  /** Where the next value begins. */
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** The struct that begins here. */
  struct(): ThriftStruct {
    const fields = new Map<number, number | ThriftStruct>();
    for (let field = 0; ; ) {
      const head = this.#byte();
      if ((head & 15) === kind.stop) return fields;
      field = head >> 4 === 0 ? this.#signed() : field + (head >> 4);
      const value = this.#value(head & 15);
      if (value !== undefined) fields.set(field, value);
    }
  }

  #value(type: number): number | ThriftStruct | undefined {
    if (type === kind.yes || type === kind.no) return type === kind.yes ? 1 : 0;
    if (type === kind.byte) return this.#byte();
    if (type >= kind.int16 && type <= kind.int64) return this.#signed();
    if (type === kind.struct) return this.struct();
    if (type === kind.double) this.#skip(8);
    else if (type === kind.binary) this.#skip(this.#unsigned());
    else if (type === kind.list || type === kind.set) this.#list();
    else throw new Error(`a page header holds a value of kind ${type}`);
    return undefined;
  }

  #list(): void {
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#unsigned() : head >> 4;
    for (let i = 0; i < count; i++) {
      if ((head & 15) <= kind.no) this.#byte();
      else this.#value(head & 15);
    }
  }

  #skip(bytes: number): void {
    this.at += bytes;
  }

  #byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new Error("a page header ends early");
    return byte;
  }

  #unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  #signed(): number {
    const folded = this.#unsigned();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }
}
