import { wholeNumbers } from "../../base/index.ts";

/** Why two groups may not become one: what people decided, a source that both have, or the trait, by its place, in which they differ. */
export type Refusal = "decision" | "source" | number;

/** What a record brings into a group. */
export interface RecordTraits {
  /** Index of the record's source. */
  readonly source: Uint8Array;
  /** Values of which a group has one at most, as numbers: 0 when unknown. */
  readonly traits: readonly { readonly values: Int32Array }[];
}

/**
 * Union-find whose groups keep their constraints: no two values of a trait such as the level, nothing that people said is different, and, where asked, no
 * two records of one source. R. E. Tarjan, "Efficiency of a Good But Not Linear Set Union Algorithm", 1975.
 */
export class ConstrainedUnion {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;
  /** Values of each trait, right for the record that stands for a group. */
  readonly #traits: readonly Int32Array[];
  /** Sources of a group as bits; a linkage has at most nine. */
  readonly #sources: Int32Array;
  readonly #apart = new Map<number, Set<number>>();

  constructor(traits: RecordTraits) {
    const count = traits.source.length;
    this.#parent = wholeNumbers(count);
    this.#size = new Int32Array(count).fill(1);
    this.#traits = traits.traits.map(({ values }) => values.slice());
    this.#sources = new Int32Array(count);
    for (let record = 0; record < count; record++) this.#sources[record] = 1 << (traits.source[record] as number);
  }

  /** The record that stands for the group of `record`. */
  find(record: number): number {
    let root = record;
    while (this.#parent[root] !== root) root = this.#parent[root] as number;
    for (let at = record; at !== root; ) {
      const next = this.#parent[at] as number;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  /** Says that two records are different for good; false when they are in one group already. */
  keepApart(a: number, b: number): boolean {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA === rootB) return false;
    this.#apartOf(rootA).add(rootB);
    this.#apartOf(rootB).add(rootA);
    return true;
  }

  /** Why the groups of two records may not become one; null when they may, or are one already. */
  refusal(a: number, b: number, sourcesOnce: boolean): Refusal | null {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA === rootB) return null;
    if (this.#apart.get(rootA)?.has(rootB)) return "decision";
    for (let t = 0; t < this.#traits.length; t++) if (this.#differ(t, rootA, rootB)) return t;
    if (sourcesOnce && ((this.#sources[rootA] as number) & (this.#sources[rootB] as number)) !== 0) return "source";
    return null;
  }

  /** Makes the groups of two records one. The caller has asked {@link refusal}. */
  join(a: number, b: number): void {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA === rootB) return;
    const [root, child] =
      (this.#size[rootA] as number) >= (this.#size[rootB] as number) ? [rootA, rootB] : [rootB, rootA];
    this.#parent[child] = root;
    this.#size[root] = (this.#size[root] as number) + (this.#size[child] as number);
    for (const values of this.#traits) values[root] = (values[root] as number) || (values[child] as number);
    this.#sources[root] = (this.#sources[root] as number) | (this.#sources[child] as number);
    this.#moveApart(child, root);
  }

  #differ(trait: number, rootA: number, rootB: number): boolean {
    const values = this.#traits[trait] as Int32Array;
    const [a, b] = [values[rootA] as number, values[rootB] as number];
    return a !== b && a !== 0 && b !== 0;
  }

  #moveApart(child: number, root: number): void {
    const others = this.#apart.get(child);
    if (others === undefined) return;
    this.#apart.delete(child);
    for (const other of others) {
      this.#apartOf(root).add(other);
      this.#apartOf(other).delete(child);
      this.#apartOf(other).add(root);
    }
  }

  #apartOf(root: number): Set<number> {
    let others = this.#apart.get(root);
    if (others === undefined) {
      others = new Set();
      this.#apart.set(root, others);
    }
    return others;
  }
}
