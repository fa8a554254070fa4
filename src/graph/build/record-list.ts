import { KindredError } from "../../base/index.ts";
import { GrowingInt32 } from "../../columns/index.ts";
import { compareTexts, ranksOf } from "./sort-rows.ts";

/** The records of all sources and the entities they belong to. */
export class RecordList {
  readonly sourceNames: readonly string[];
  readonly #codeBySource: ReadonlyMap<string, number>;
  readonly #sources = new GrowingInt32();
  readonly #entities = new GrowingInt32();
  readonly #numberByKey = new Map<string, number>();
  readonly ids: string[] = [];

  constructor(sourceNames: readonly string[]) {
    this.sourceNames = sourceNames;
    this.#codeBySource = new Map(sourceNames.map((name, code) => [name, code]));
  }

  /** The place of a source in the user's order. */
  sourceCode(name: string): number {
    const code = this.#codeBySource.get(name);
    if (code !== undefined) return code;
    throw new KindredError("internal", {
      seen: `a record of the source "${name}"`,
      expected: `one of the named sources: ${this.sourceNames.join(", ")}`,
    });
  }

  /** Adds a record and returns its number. */
  add(source: number, id: string, entity: number): number {
    this.#sources.push(source);
    this.#entities.push(entity);
    return this.ids.push(id) - 1;
  }

  /** The number of a record, or undefined. The look-up is made on first use: most graphs never need it. */
  find(source: string, id: string): number | undefined {
    const code = this.#codeBySource.get(source);
    if (code === undefined) return undefined;
    if (this.#numberByKey.size < this.ids.length) {
      const sources = this.#sources.toArray();
      this.ids.forEach((recordId, record) => {
        this.#numberByKey.set(`${sources[record]}\u0000${recordId}`, record);
      });
    }
    return this.#numberByKey.get(`${code}\u0000${id}`);
  }

  /** All records with their places in the order of source and id. */
  settle(): SettledRecords {
    const sources = this.#sources.toArray();
    const order = Int32Array.from(this.ids.keys()).sort(
      (a, b) =>
        (sources[a] as number) - (sources[b] as number) || compareTexts(this.ids[a] as string, this.ids[b] as string),
    );
    this.#assertDistinct(order, sources);
    return { sources, entities: this.#entities.toArray(), ids: this.ids, order, ranks: ranksOf(order) };
  }

  #assertDistinct(order: Int32Array, sources: Int32Array): void {
    for (let place = 1; place < order.length; place++) {
      const [before, row] = [order[place - 1] as number, order[place] as number];
      if (sources[before] !== sources[row] || this.ids[before] !== this.ids[row]) continue;
      throw new KindredError("source-duplicate-id", {
        seen: `two records with the id "${this.ids[row]}" in the source ${this.sourceNames[sources[row] as number]}`,
        expected: "every record once",
      });
    }
  }
}

/** Records in columns, and their canonical order. */
export interface SettledRecords {
  readonly sources: Int32Array;
  readonly entities: Int32Array;
  readonly ids: readonly string[];
  /** Record numbers in the order of source and id. */
  readonly order: Int32Array;
  /** Every record's place in that order. */
  readonly ranks: Int32Array;
}
