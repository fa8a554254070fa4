import { KindredError } from "../../base/index.ts";
import { profileSource } from "../plan/profile-source.ts";
import type { RawValue } from "../read/raw-batch.ts";
import { rawValueAt } from "../read/raw-columns.ts";
import { readSource } from "../read/read-source.ts";
import { allowRejects } from "../read/rejects.ts";
import type { SourceSpec } from "../source-spec.ts";
import type { RowsOfSource } from "./records-of-rows.ts";

/** How much of a source is taken into memory. */
export interface ReadRowsOptions {
  /** More rows are an error. */
  readonly rowsMax: number;
  /** How many bad rows are passed over before it is an error. Default 0. */
  readonly skipBad?: number;
}

/**
 * The rows of a source of any format as they stand, all at once: for what is read whole, such as labelled pairs.
 * @throws source-missing, source-empty, source-encoding, source-malformed with the place; limit-exceeded above `rowsMax`
 */
export async function rowsOfSource(spec: SourceSpec, options: ReadRowsOptions): Promise<RowsOfSource> {
  const { layout, rowCount } = await profileSource(spec, { sampleRows: 1 });
  if (rowCount > options.rowsMax) {
    throw new KindredError("limit-exceeded", {
      seen: `${rowCount} rows`,
      expected: `at most ${options.rowsMax}, which are held in memory at once`,
      where: { file: spec.path },
    });
  }
  const rows: (readonly RawValue[])[] = [];
  for await (const batch of readSource(layout, allowRejects(options.skipBad ?? 0))) {
    if ("rowCount" in batch) {
      const columns = layout.columns.map((name) => batch.columns.get(name));
      for (let row = 0; row < batch.rowCount; row++)
        rows.push(columns.map((column) => (column === undefined ? null : rawValueAt(column, row))));
      continue;
    }
    const places = layout.columns.map((name) => batch.columns.indexOf(name));
    for (const row of batch.rows) rows.push(places.map((place) => row[place] ?? null));
  }
  return { name: spec.name, columns: layout.columns, rows };
}
