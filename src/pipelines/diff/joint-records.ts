import type { RecordName } from "../explain/explain-records.ts";
import type { PublishedLinkage } from "../linkage/published-linkage.ts";
import { publishedMembers } from "../linkage/published-members.ts";

/** The records of two linkages under one numbering, from 0. */
export interface JointRecords {
  readonly recordCount: number;
  /** The number of a record; undefined for one that neither linkage has. */
  numberOf(source: string, id: string): number | undefined;
  nameOf(record: number): RecordName;
  /** The entity of each record; -1 where the linkage does not have the record. */
  readonly entityBefore: Int32Array;
  readonly entityAfter: Int32Array;
  /** The ids of entities, as `entities.csv` and `kindred explain` have them. */
  readonly entitiesBefore: readonly string[];
  readonly entitiesAfter: readonly string[];
}

/** Numbers the records of both linkages; those of people whom works name only where `withPeople` says so. */
export async function jointRecords(
  before: PublishedLinkage,
  after: PublishedLinkage,
  withPeople: boolean,
): Promise<JointRecords> {
  const numbering = new RecordNumbers();
  const [was, is] = [
    await readEntities(before, numbering, withPeople),
    await readEntities(after, numbering, withPeople),
  ];
  const recordCount = numbering.names.length;
  return {
    recordCount,
    numberOf: (source, id) => numbering.find(source, id),
    nameOf: (record) => numbering.names[record] as RecordName,
    entityBefore: inFull(was.entityOf, recordCount),
    entityAfter: inFull(is.entityOf, recordCount),
    entitiesBefore: was.entities,
    entitiesAfter: is.entities,
  };
}

/** Numbers the records of one linkage, without the people whom works name. */
export async function numberRecords(
  published: PublishedLinkage,
): Promise<Pick<JointRecords, "recordCount" | "numberOf"> & { readonly entityCount: number }> {
  const numbering = new RecordNumbers();
  const { entities } = await readEntities(published, numbering, false);
  return {
    recordCount: numbering.names.length,
    entityCount: entities.length,
    numberOf: (source, id) => numbering.find(source, id),
  };
}

class RecordNumbers {
  readonly names: RecordName[] = [];
  readonly #bySource = new Map<string, Map<string, number>>();

  find(source: string, id: string): number | undefined {
    return this.#bySource.get(source)?.get(id);
  }

  add(source: string, id: string): number {
    const known = this.find(source, id);
    if (known !== undefined) return known;
    const ofSource = this.#bySource.get(source) ?? new Map<string, number>();
    this.#bySource.set(source, ofSource);
    ofSource.set(id, this.names.length);
    return this.names.push({ source, id }) - 1;
  }
}

interface ReadEntities {
  readonly entityOf: number[];
  readonly entities: string[];
}

async function readEntities(
  published: PublishedLinkage,
  numbering: RecordNumbers,
  withPeople: boolean,
): Promise<ReadEntities> {
  const derived = new Set(withPeople ? [] : published.state.plan.derived.map((people) => people.source));
  const numbers = new Map<string, number>();
  const entityOf: number[] = [];
  for await (const { entity, source, id } of publishedMembers(published)) {
    if (derived.has(source)) continue;
    const number = numbers.get(entity) ?? numbers.size;
    numbers.set(entity, number);
    entityOf[numbering.add(source, id)] = number;
  }
  return { entityOf, entities: [...numbers.keys()] };
}

function inFull(entityOf: readonly number[], recordCount: number): Int32Array {
  return Int32Array.from({ length: recordCount }, (_, record) => entityOf[record] ?? -1);
}
