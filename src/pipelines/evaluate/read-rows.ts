import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { parse } from "csv-parse";
import { KindredError } from "../../base/index.ts";

/**
 * The rows of a CSV file by column name, as text.
 * @throws source-missing, source-malformed with the line
 */
export async function readRows(path: string): Promise<Record<string, string>[]> {
  await access(path).catch((cause: unknown) => {
    throw new KindredError("source-missing", {
      seen: "no such file",
      expected: "a CSV file",
      where: { file: path },
      cause,
    });
  });
  const rows: Record<string, string>[] = [];
  try {
    for await (const row of createReadStream(path).pipe(parse({ columns: true, bom: true, skip_empty_lines: true })))
      rows.push(row);
  } catch (cause) {
    const { message, lines } = cause as { message: string; lines?: number };
    const where = { file: path, ...(lines === undefined ? {} : { row: lines }) };
    throw new KindredError("source-malformed", { seen: message, expected: "CSV with a header", where, cause });
  }
  return rows;
}
