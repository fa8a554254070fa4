import { type KernelMemory, kernelMemory, kernelPageBytes } from "../../../base/index.ts";
import {
  cell,
  childBytes,
  childPlace,
  columnBytes,
  entryBytes,
  nodeBytes,
  nodePlace,
  planBytes,
  planPlace,
} from "./layout.ts";
import { nestingMax, type PathNode } from "./wanted-paths.ts";

const inputBytesDefault = 1 << 20;
const spansMax = 1 << 15;
/** Bytes of texts of a batch: little enough that they stay near, and that what is made of a batch is forgotten early. */
const textsMax = 4 << 20;
const entriesMax = 700_000;
const slotsMany = 1 << 20;
const slotsUsual = 1 << 17;
const slotBytes = 8;
const cellsMax = 4 << 20;
const batchRowsDefault = 20_000;
const batchItems = 1 << 18;
/** Kernels keep their constants below this. */
const firstByte = 65_536;

/** How large the parts of a projection are. */
export interface ProjectionSizes {
  /** Rows of a batch, at most. Default 20,000. */
  readonly batchRows?: number | undefined;
  /** Bytes of records that lie in the memory at once; a longer record is left to JSON.parse. Default 1 MiB. */
  readonly inputBytes?: number | undefined;
}

/** The memory that a projection reads and writes, laid out as wasm/records/layout.ts says. Its size does not change. */
export class ProjectionMemory {
  readonly memory: KernelMemory;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Where the plan lies. */
  readonly plan: number;
  /** Where spans are copied to. */
  readonly input: number;
  /** How many bytes of them there may be. */
  readonly inputBytes: number;
  readonly columnCount: number;
  #next = firstByte;

  constructor(tree: PathNode, columnCount: number, sizes: ProjectionSizes = {}) {
    const { batchRows = batchRowsDefault, inputBytes = inputBytesDefault } = sizes;
    this.columnCount = columnCount;
    this.inputBytes = inputBytes;
    const itemsMax = inputBytes + batchItems;
    const rowsMax = Math.min(batchRows, Math.max(1, Math.floor(cellsMax / Math.max(1, columnCount))));
    const treeBytes = sizeOfTree(tree);
    const parts = {
      [planPlace.starts]: spansMax * 4,
      [planPlace.ends]: spansMax * 4,
      [planPlace.ids]: rowsMax * columnCount * 4,
      [planPlace.items]: itemsMax * 4,
      [planPlace.index]: (inputBytes + 256) * 4,
      [planPlace.slots]: slotsMany * slotBytes,
      [planPlace.entries]: entriesMax * entryBytes,
      [planPlace.texts]: textsMax + 64,
      [planPlace.columns]: columnCount * columnBytes,
      [planPlace.unescaped]: inputBytes + 64,
      [planPlace.gathered]: textsMax + columnCount * 16 + 64,
      [planPlace.gatheredEnds]: (entriesMax + columnCount) * 4,
    };
    const bytes = firstByte + planBytes + inputBytes + 1024 + treeBytes + sum(Object.values(parts)) + 64 * 16;
    const pages = Math.ceil(bytes / kernelPageBytes);
    this.memory = kernelMemory(pages, pages);
    this.bytes = new Uint8Array(this.memory.buffer);
    this.words = new Int32Array(this.memory.buffer);
    this.plan = this.#take(planBytes);
    this.input = this.#take(inputBytes + 1024);
    for (const [place, size] of Object.entries(parts)) this.set(Number(place), this.#take(size));
    this.set(planPlace.rowsMax, rowsMax);
    this.set(planPlace.columnCount, columnCount);
    this.set(planPlace.itemsMax, itemsMax);
    this.set(planPlace.entriesMax, entriesMax);
    this.set(planPlace.textsMax, textsMax);
    this.set(planPlace.slotMask, slotsUsual - 1);
    this.set(planPlace.root, this.#placeNode(tree));
    this.words.fill(
      cell.untouched,
      this.get(planPlace.ids) >> 2,
      (this.get(planPlace.ids) >> 2) + rowsMax * columnCount,
    );
  }

  /** A word of the plan. */
  get(place: number): number {
    return this.words[(this.plan + place) >> 2] as number;
  }

  /** Writes a word of the plan. */
  set(place: number, value: number): void {
    this.words[(this.plan + place) >> 2] = value;
  }

  /** What a row has in a column: the number of a text, or one of {@link cell}. */
  cells(column: number): Int32Array {
    const from = (this.get(planPlace.ids) >> 2) + column * this.get(planPlace.rowsMax);
    return this.words.subarray(from, from + this.get(planPlace.row));
  }

  /**
   * Takes the spans from `first` on, as many as fit; gives how many. None when the next one is too long.
   * Behind the last byte stands one that belongs to no value.
   */
  loadSpans(bytes: Uint8Array, starts: readonly number[], ends: readonly number[], first: number): number {
    const from = starts[first] as number;
    let count = 0;
    while (
      count < spansMax &&
      first + count < starts.length &&
      (ends[first + count] as number) - from <= this.inputBytes
    ) {
      const shift = this.input - from;
      this.#setSpan(count, (starts[first + count] as number) + shift, (ends[first + count] as number) + shift);
      count++;
    }
    this.#startSpans(count);
    if (count === 0) return 0;
    const to = ends[first + count - 1] as number;
    this.bytes.set(bytes.subarray(from, to), this.input);
    this.bytes[this.input + to - from] = 10;
    return count;
  }

  /** Takes spans that lie in the input already, as many as fit; gives how many. */
  takeSpans(starts: readonly number[], ends: readonly number[], first: number): number {
    const count = Math.min(spansMax, starts.length - first);
    for (let i = 0; i < count; i++) this.#setSpan(i, starts[first + i] as number, ends[first + i] as number);
    this.#startSpans(count);
    return count;
  }

  #setSpan(i: number, start: number, end: number): void {
    this.words[(this.get(planPlace.starts) >> 2) + i] = start;
    this.words[(this.get(planPlace.ends) >> 2) + i] = end;
  }

  #startSpans(count: number): void {
    this.set(planPlace.spanAt, 0);
    this.set(planPlace.spanCount, count);
  }

  /** Forgets the rows of the batch. */
  clearRows(): void {
    for (let column = 0; column < this.columnCount; column++) this.cells(column).fill(cell.untouched);
    this.set(planPlace.row, 0);
    this.set(planPlace.itemCount, 0);
  }

  /** Begins a new dictionary; `forLongRecord` with room for whatever one record may hold. */
  clearDictionary(forLongRecord: boolean): void {
    const slots = this.get(planPlace.slots) >> 2;
    this.words.fill(0, slots, slots + ((this.get(planPlace.slotMask) + 1) * slotBytes) / 4);
    this.set(planPlace.slotMask, (forLongRecord ? slotsMany : slotsUsual) - 1);
    this.set(planPlace.entryCount, 0);
    this.set(planPlace.textBytes, 0);
    const columns = this.get(planPlace.columns) >> 2;
    this.words.fill(0, columns, columns + (this.columnCount * columnBytes) / 4);
  }

  /** A word of an entry. */
  entry(number: number, place: number): number {
    return this.words[(this.get(planPlace.entries) + number * entryBytes + place) >> 2] as number;
  }

  /** A word of what a column has in the dictionary. */
  column(column: number, place: number): number {
    return this.words[(this.get(planPlace.columns) + column * columnBytes + place) >> 2] as number;
  }

  #take(bytes: number): number {
    const at = this.#next;
    this.#next = Math.ceil((at + bytes) / 16) * 16;
    return at;
  }

  #placeNode(node: PathNode): number {
    const at = this.#take(nodeBytes);
    const slots = slotsOf(node);
    const table = this.#take(slots * childBytes);
    const word = (place: number, value: number): void => {
      this.words[place >> 2] = value;
    };
    word(at + nodePlace.column, node.column);
    word(at + nodePlace.children, table);
    word(at + nodePlace.childMask, slots - 1);
    word(at + nodePlace.deepest, node.depth >= nestingMax ? 1 : 0);
    for (const [key, child] of node.children) {
      const written = Buffer.from(key);
      const keyAt = this.#take(written.length + 16);
      this.bytes.set(written, keyAt);
      let slot = hashOfKey(this.bytes, keyAt, written.length) & (slots - 1);
      while (this.words[(table + slot * childBytes + childPlace.node) >> 2] !== 0) slot = (slot + 1) & (slots - 1);
      word(table + slot * childBytes + childPlace.key, keyAt);
      word(table + slot * childBytes + childPlace.keyLength, written.length);
      word(table + slot * childBytes + childPlace.node, this.#placeNode(child));
    }
    return at;
  }
}

/** Where the search for a key of these bytes begins; the same in wasm/records/values.ts. */
export function hashOfKey(bytes: Uint8Array, at: number, length: number): number {
  if (length === 0) return 0;
  return (
    length * 5 +
    (bytes[at] as number) * 31 +
    (bytes[at + length - 1] as number) * 7 +
    (bytes[at + (length >> 1)] as number) * 3
  );
}

/** Tables are mostly empty, since most keys that are looked up are not wanted. 0 for none. */
function slotsOf({ children }: PathNode): number {
  return children.size === 0 ? 0 : 2 ** Math.ceil(Math.log2(children.size * 4));
}

function sizeOfTree(node: PathNode): number {
  let bytes = nodeBytes + slotsOf(node) * childBytes + 32;
  for (const [key, child] of node.children) bytes += Buffer.byteLength(key) + 48 + sizeOfTree(child);
  return bytes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
