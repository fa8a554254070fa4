import { basename, join } from "node:path";
import type { BlobRef, TaskBlobs } from "../../flow/index.ts";

/** The columns of the result files that are numbers; all others are text, byte for byte. */
const numberColumns = ["probability", "weight"];

/** Rewrites a CSV file of the results, given by its path, as Parquet. */
export async function csvToParquet(
  blobs: TaskBlobs,
  csv: string,
  columns: readonly string[],
  temporaryDirectory: string,
): Promise<BlobRef> {
  // Loaded here, because it takes a tenth of a second and few runs ask for Parquet.
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const target = join(temporaryDirectory, `${basename(csv)}.parquet`);
    const types = columns.map(
      (column) => `${quoted(column)}: '${numberColumns.includes(column) ? "DOUBLE" : "VARCHAR"}'`,
    );
    const from = `read_csv(${quoted(csv)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {${types.join(", ")}})`;
    await connection.run(`copy (select * from ${from}) to ${quoted(target)} (format parquet)`);
    return await blobs.putFile(target, { move: true });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A text as SQL writes it: DuckDB takes no parameters in COPY. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
