/** One comparison over a tile: the values of its records laid side by side, and one left record against them. */
export interface Lane {
  /** Copies what is compared of a record to a place of the tile. */
  load(record: number, place: number): void;
  /** The record that the tile's are compared with from now on. */
  setLeft(record: number): void;
  /** Writes the level of each of the tile's places `alive[0]` up to `alive[count - 1]`, in their order. */
  compare(alive: Int32Array, count: number, levels: Uint8Array): void;
}
