import { columnOf, findColumn, type Table, type TextColumn, textAt } from "../../columns/index.ts";
import { beyondParts, type Model, type PairColumns } from "../../linkage/index.ts";
import type { PublishedLinkage } from "../linkage/published-linkage.ts";
import { getJson, getTable } from "../linkage/stored-table.ts";
import type { JointRecords } from "./joint-records.ts";

/** Records under numbers from 0. */
type NumberedRecords = Pick<JointRecords, "numberOf">;

/** Every pair that a linkage kept, of all its entity types, over a numbering of records. */
export interface KeptPairs extends PairColumns {
  /** The place of each pair's entity type among the types. */
  readonly type: Uint8Array;
  readonly types: readonly LinkedType[];
  readonly weight: Float64Array;
  readonly rule: Int32Array;
  readonly pattern: Float64Array;
  /** What was added to the weights when all pairs were known. */
  readonly beyond: Readonly<Record<(typeof beyondParts)[number], Float64Array>>;
  outcomeOf(place: number): string;
  reasonOf(place: number): string;
  readonly matchCount: number;
}

/** An entity type of a linkage, with the model that weighed its pairs. */
export interface LinkedType {
  readonly entityType: string;
  readonly model: Model;
}

/** Reads the pairs of numbered records, of all types, into columns: forty bytes a pair. */
export async function readKeptPairs(published: PublishedLinkage, records: NumberedRecords): Promise<KeptPairs> {
  const { blobs, clustered, state } = published;
  const types: LinkedType[] = [];
  const parts: Part[] = [];
  for (const { entityType, links } of clustered.types) {
    const scored = state.scored.find((one) => one.entityType === entityType);
    if (scored === undefined) continue;
    types.push({ entityType, model: await getJson<Model>(blobs, scored.model) });
    parts.push(readPart(await getTable(blobs, links), records));
  }
  const startOf = (p: number): number => parts.slice(0, p).reduce((sum, part) => sum + part.left.length, 0);
  const starts = Int32Array.from(parts, (_, p) => startOf(p));
  const type = new Uint8Array(startOf(parts.length));
  starts.forEach((start, p) => {
    type.fill(p, start, startOf(p + 1));
  });
  const textOf = (name: "outcome" | "reason", place: number): string => {
    const part = parts[type[place] as number] as Part;
    return textAt(part[name], part.rows[place - (starts[type[place] as number] as number)] as number) ?? "";
  };
  const int32 = (of: (part: Part) => Int32Array): Int32Array => joined(new Int32Array(type.length), parts.map(of));
  const float64 = (of: (part: Part) => Float64Array): Float64Array =>
    joined(new Float64Array(type.length), parts.map(of));
  const isMatch = Uint8Array.from(type, (_, place) => (textOf("outcome", place) === "match" ? 1 : 0));
  return {
    left: int32((part) => part.left),
    right: int32((part) => part.right),
    rule: int32((part) => part.rule),
    weight: float64((part) => part.weight),
    pattern: float64((part) => part.pattern),
    beyond: beyondOf((name) => float64((part) => part.beyond[name])),
    isMatch,
    type,
    types,
    outcomeOf: (place) => textOf("outcome", place),
    reasonOf: (place) => textOf("reason", place),
    matchCount: isMatch.reduce((sum, one) => sum + one, 0),
  };
}

/** The pairs of one entity type. */
interface Part {
  /** Rows of the stored table. */
  readonly rows: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly rule: Int32Array;
  readonly weight: Float64Array;
  readonly pattern: Float64Array;
  readonly beyond: KeptPairs["beyond"];
  readonly outcome: TextColumn;
  readonly reason: TextColumn;
}

function readPart(table: Table, records: NumberedRecords): Part {
  const [left, right] = [sideNumbers(table, "left", records), sideNumbers(table, "right", records)];
  const rows = Int32Array.from(left.keys()).filter((row) => (left[row] as number) >= 0 && (right[row] as number) >= 0);
  const numbers = (name: string): Float64Array => {
    const { values } = columnOf(table, name, "number");
    return Float64Array.from(rows, (row) => values[row] as number);
  };
  return {
    rows,
    left: rows.map((row) => left[row] as number),
    right: rows.map((row) => right[row] as number),
    rule: Int32Array.from(numbers("rule")),
    weight: numbers("weight"),
    pattern: numbers("pattern"),
    beyond: beyondOf((name) => (findColumn(table, name) ? numbers(name) : new Float64Array(rows.length))),
    outcome: columnOf(table, "outcome", "text"),
    reason: columnOf(table, "reason", "text"),
  };
}

function beyondOf(of: (name: (typeof beyondParts)[number]) => Float64Array): KeptPairs["beyond"] {
  return Object.fromEntries(beyondParts.map((name) => [name, of(name)])) as KeptPairs["beyond"];
}

/** The number of each row's record; -1 for records that are not numbered, such as people named by works. */
function sideNumbers(table: Table, side: "left" | "right", records: NumberedRecords): Int32Array {
  const [source, id] = [columnOf(table, `${side}_source`, "text"), columnOf(table, `${side}_id`, "text")];
  return Int32Array.from(
    source.ids,
    (_, row) => records.numberOf(textAt(source, row) ?? "", textAt(id, row) ?? "") ?? -1,
  );
}

function joined<A extends Int32Array | Float64Array>(all: A, parts: readonly A[]): A {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
