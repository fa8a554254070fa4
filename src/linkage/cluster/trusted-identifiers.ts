import { GrowingInt32, type Table } from "../../columns/index.ts";
import type { Field } from "../../records/index.ts";
import { linkageDefaults } from "../defaults.ts";
import type { LinkageSettings } from "../settings.ts";
import { ValueNumbers } from "./field-values.ts";

/** A value of a trusted identifier that is not trusted, since too many records of one source have it. */
export interface Distrusted {
  readonly field: string;
  readonly value: string;
  /** The most records of one source that have it. */
  readonly records: number;
}

/** The trusted identifiers of all records. */
export interface TrustedIdentifiers {
  /** The first field, in the order of the settings, of which two records share a trusted value; null where there is none. */
  readonly shared: (left: number, right: number) => string | null;
  /** Most records first. */
  readonly distrusted: readonly Distrusted[];
}

/** Values that are named; more would say nothing more. */
const distrustedMax = 100;

/**
 * Reads the trusted identifiers of all records.
 * @param tables those of all sources, in the order of the records
 * @param source the source of each record
 */
export function trustedIdentifiers(
  tables: readonly Table[],
  source: Uint8Array,
  settings: LinkageSettings,
): TrustedIdentifiers {
  const read = settings.trusted.map(({ field, recordsMax = linkageDefaults.trustedRecordsMax }) =>
    readField(settings.fields.find(({ name }) => name === field) as Field, tables, source, recordsMax),
  );
  return {
    shared: (left, right) => read.find((one) => one.share(left, right))?.field ?? null,
    distrusted: read
      .flatMap((one) => one.distrusted)
      .sort((a, b) => b.records - a.records)
      .slice(0, distrustedMax),
  };
}

interface ReadField {
  readonly field: string;
  readonly share: (left: number, right: number) => boolean;
  readonly distrusted: Distrusted[];
}

function readField(field: Field, tables: readonly Table[], source: Uint8Array, recordsMax: number): ReadField {
  const numbers = new ValueNumbers(field);
  const starts = new Int32Array(source.length + 1);
  const values = new GrowingInt32();
  let record = 0;
  for (const table of tables) {
    const numbersOf = numbers.reader(table);
    for (let row = 0; row < table.rowCount; row++) {
      for (const value of numbersOf(row)) values.push(value);
      starts[++record] = values.length;
    }
  }
  const texts = numbers.texts();
  const own = values.toArray();
  const most = mostRecords(starts, own, source, texts.length);
  const share = (left: number, right: number): boolean => {
    const ofRight = own.subarray(starts[right], starts[right + 1]);
    return own
      .subarray(starts[left], starts[left + 1])
      .some((value) => (most[value] as number) <= recordsMax && ofRight.includes(value));
  };
  const distrusted = texts.flatMap((value, number) => {
    const records = most[number] as number;
    return records > recordsMax ? [{ field: field.name, value, records }] : [];
  });
  return { field: field.name, share, distrusted };
}

/** For each value the most records of one source that have it; records come source by source. */
function mostRecords(starts: Int32Array, values: Int32Array, source: Uint8Array, valueCount: number): Int32Array {
  const most = new Int32Array(valueCount);
  const count = new Int32Array(valueCount);
  const countedIn = new Int16Array(valueCount).fill(-1);
  for (let record = 0; record < source.length; record++) {
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at++) {
      const value = values[at] as number;
      if (countedIn[value] !== source[record]) count[value] = 0;
      countedIn[value] = source[record] as number;
      count[value] = (count[value] as number) + 1;
      most[value] = Math.max(most[value] as number, count[value] as number);
    }
  }
  return most;
}
