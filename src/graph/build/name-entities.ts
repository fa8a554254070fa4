import { hash } from "node:crypto";
import type { Ontology } from "../../ontology/index.ts";
import { OntologyCodes, requireType } from "../ontology-codes.ts";
import { shortHashIds } from "./entity-ids.ts";
import { typeOfLevel } from "./levels.ts";
import { compareTexts, textRanks } from "./sort-rows.ts";

/** The records of one entity type with the clusters they are in, row by row. */
export interface ClusteredRecords {
  readonly entityType: string;
  readonly sourceNames: readonly string[];
  /** Index into `sourceNames`. */
  readonly source: Int32Array;
  /** Index into `ids`, whose texts are distinct. */
  readonly id: Int32Array;
  readonly ids: readonly string[];
  /** Whole numbers from 0, none left out. */
  readonly cluster: Int32Array;
  readonly clusterCount: number;
  /** What a record's level is, as its source wrote it; null for none. */
  readonly levelOf: (row: number) => string | null;
}

/** Bits of the number that stands for a hash where no other begins alike. */
const hashBits = 40;

/**
 * The id of each cluster, as {@link buildGraph} gives it to the entity of these records, without building a graph: typed
 * arrays in place of an entity list, so ten million records fit a small worker.
 */
export function nameEntities(records: ClusteredRecords, ontology: Ontology): string[] {
  const types = typesOf(records, new OntologyCodes(ontology));
  const smallest = smallestMembers(records);
  const hashOf = (cluster: number): string => {
    const record = smallest[cluster] as number;
    const source = records.sourceNames[records.source[record] as number];
    return hash("sha256", `record\u0000${source}\u0000${records.ids[records.id[record] as number]}`);
  };
  const starts = new Float64Array(records.clusterCount);
  for (let cluster = 0; cluster < starts.length; cluster++)
    starts[cluster] = Number.parseInt(hashOf(cluster).slice(0, hashBits / 4), 16);
  const named = Array.from(
    starts,
    (start, cluster) => `${types[cluster]}:${start.toString(16).padStart(hashBits / 4, "0")}`,
  );
  const alike = withEqualStart(starts);
  const longer = shortHashIds(alike.map((cluster) => `${types[cluster]}:${hashOf(cluster)}`));
  alike.forEach((cluster, i) => {
    named[cluster] = longer[i] as string;
  });
  return named;
}

/** A level says the type; without one it is the declared type, or the first narrower one. */
function typesOf({ entityType, cluster, clusterCount, levelOf }: ClusteredRecords, codes: OntologyCodes): string[] {
  const declared = codes.typeName(codes.narrowest(requireType(codes, entityType)));
  const types = new Array<string>(clusterCount).fill(declared);
  for (let row = 0; row < cluster.length; row++) {
    const level = levelOf(row);
    const code = level === null ? undefined : typeOfLevel(codes, level);
    if (code !== undefined) types[cluster[row] as number] = codes.typeName(code);
  }
  return types;
}

/** The row of each cluster's first member by the name of its source, then by id. */
function smallestMembers({ sourceNames, source, id, ids, cluster, clusterCount }: ClusteredRecords): Int32Array {
  const sourceRanks = textRanks(sourceNames);
  const isBefore = (a: number, b: number): boolean => {
    const [sourceA, sourceB] = [sourceRanks[source[a] as number] as number, sourceRanks[source[b] as number] as number];
    if (sourceA !== sourceB) return sourceA < sourceB;
    return compareTexts(ids[id[a] as number] as string, ids[id[b] as number] as string) < 0;
  };
  const smallest = new Int32Array(clusterCount).fill(-1);
  for (let row = 0; row < cluster.length; row++) {
    const known = smallest[cluster[row] as number] as number;
    if (known === -1 || isBefore(row, known)) smallest[cluster[row] as number] = row;
  }
  return smallest;
}

/** The places of all numbers that are there more than once. */
function withEqualStart(starts: Float64Array): number[] {
  const sorted = starts.slice().sort();
  const repeated = new Set<number>();
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) repeated.add(sorted[i] as number);
  const places: number[] = [];
  if (repeated.size === 0) return places;
  starts.forEach((start, place) => {
    if (repeated.has(start)) places.push(place);
  });
  return places;
}
