import { closeSync, openSync, writeSync } from "node:fs";

/** A column of an exported table; lists are written as JSON arrays in CSV. */
export interface ExportColumn {
  readonly name: string;
  readonly type: "text" | "texts" | "integer" | "number";
}

/** A value of an exported table. */
export type ExportValue = string | number | readonly string[] | null;

const flushLength = 1 << 20;

/** Writes rows as RFC 4180 CSV (UTF-8, LF, a header even with no rows; an empty field is no value) and counts them. */
export function writeCsv(
  path: string,
  columns: readonly ExportColumn[],
  rows: Iterable<readonly ExportValue[]>,
): number {
  const file = openSync(path, "w");
  try {
    let pending = `${columns.map((column) => quoted(column.name)).join(",")}\n`;
    let count = 0;
    for (const row of rows) {
      pending += `${row.map(cell).join(",")}\n`;
      count++;
      if (pending.length >= flushLength) {
        writeSync(file, pending);
        pending = "";
      }
    }
    writeSync(file, pending);
    return count;
  } finally {
    closeSync(file);
  }
}

function cell(value: ExportValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return quoted(typeof value === "string" ? value : JSON.stringify(value));
}

/** An empty text is quoted, so it is not read back as no value. */
function quoted(text: string): string {
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
