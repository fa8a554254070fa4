import { stat } from "node:fs/promises";
import type { Random } from "../../base/index.ts";
import type { SourceFormat, SourceSpec } from "../source-spec.ts";
import { arrowBlocks } from "./arrow-blocks.ts";
import { flattenElement, GrowingColumns } from "./json-row.ts";
import { parquetBlocks } from "./parquet-blocks.ts";
import { openParquetColumns, type ParquetGroup } from "./parquet-columns.ts";
import type { PickRows } from "./parquet-sample.ts";
import type { RawBatch, RawValue } from "./raw-batch.ts";
import { type RawColumns, rawValueAt } from "./raw-columns.ts";
import { Reservoir } from "./reservoir.ts";
import type { RowBlock } from "./row-block.ts";
import type { SourceLayout } from "./source-layout.ts";
import { empty, otherColumns, type SourceSurvey } from "./source-survey.ts";

const every = (): boolean => true;

/** Rows of a file: side by side where the format and its types allow, else one by one. */
type Part = RowBlock | ParquetGroup;

async function* partsOf(
  file: string,
  format: SourceFormat,
  isWanted: (column: string) => boolean,
  pick?: PickRows,
): AsyncGenerator<Part> {
  if (format === "arrow") return yield* arrowBlocks(file);
  const groups = await openParquetColumns(file, isWanted, pick);
  yield* groups ?? parquetBlocks(file);
}

/**
 * Reads the files of a Parquet or Arrow source, in order; nested columns come as `a.b`, as from JSON. Columns that are not
 * wanted may be left unread.
 */
export async function* readColumnar(
  layout: SourceLayout,
  wanted?: ReadonlySet<string>,
): AsyncGenerator<RawBatch | RawColumns> {
  const isWanted = wanted === undefined ? every : (name: string): boolean => holdsWanted(name, wanted);
  const columns = new GrowingColumns(layout.columns);
  let place = 0;
  for (const file of layout.files) {
    const fileStart = place;
    for await (const part of partsOf(file, layout.format, isWanted)) {
      if ("columns" in part) {
        yield { file, fileStart, firstPlace: place, ...part };
        place += part.rowCount;
        continue;
      }
      const rows: RawValue[][] = [];
      const places: number[] = [];
      for (let i = 0; i < part.rowCount; i++) {
        rows.push(flattenElement(part.row(i), columns));
        places.push(place++);
      }
      yield { file, fileStart, columns: columns.names, rows, places };
    }
  }
}

/** Whether a column of the file, or one nested in it, is wanted. */
function holdsWanted(name: string, wanted: ReadonlySet<string>): boolean {
  if (wanted.has(name)) return true;
  for (const one of wanted) if (one.startsWith(`${name}.`)) return true;
  return false;
}

/** A row of a sample; its values are made when its part of the file has been offered whole. */
interface SampledRow {
  readonly at: number;
  values: RawValue[] | null;
}

/**
 * Surveys a Parquet or Arrow source in one pass that makes rows only of the sample.
 * @throws source-empty, source-malformed
 */
export async function surveyColumnar(
  spec: SourceSpec,
  format: SourceFormat,
  files: readonly string[],
  sampleRows: number,
  random: Random,
): Promise<SourceSurvey> {
  const columns = new GrowingColumns();
  const reservoir = new Reservoir<SampledRow>(sampleRows, random);
  let names: string | undefined;
  // Most rows that a sample takes in leave it again: only those that stay are made.
  const offer: PickRows = (rowCount) => {
    reservoir.offerMany(rowCount, (at) => ({ at, values: null }));
    const here = reservoir.items().filter(({ values }) => values === null);
    return Int32Array.from(here, ({ at }) => at);
  };
  for (const file of files) {
    if ((await stat(file)).size === 0) throw empty(spec, "an empty file");
    for await (const part of partsOf(file, format, every, offer)) {
      if (!("columns" in part)) offer(part.rowCount);
      for (const row of reservoir.items()) row.values ??= rowOf(part, row.at, columns);
      if (part.rowCount === 0) continue;
      const here = ("columns" in part ? [...part.columns.keys()] : Object.keys(part.row(0))).join(", ");
      if (names !== undefined && here !== names) throw otherColumns(file, here, files[0] as string, names);
      names = here;
    }
  }
  if (reservoir.count === 0) throw empty(spec, "no rows");
  const layout = { files, format, encoding: null, delimiter: null, quoted: false, columns: columns.names };
  return { layout, rowCount: reservoir.count, rows: reservoir.items().map(({ values }) => values ?? []), notes: [] };
}

function rowOf(part: Part, i: number, columns: GrowingColumns): RawValue[] {
  if (!("columns" in part)) return flattenElement(part.row(i), columns);
  const row: RawValue[] = new Array(columns.names.length).fill(null);
  for (const [name, column] of part.columns) row[columns.placeOf(name)] = rawValueAt(column, i);
  return row;
}
