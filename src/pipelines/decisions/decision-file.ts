import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { KindredError } from "../../base/index.ts";
import type { NewDecision } from "./decision-log.ts";

const columns = ["left_source", "left_id", "right_source", "right_id", "decision"] as const;

/** More decisions than this in one file are rather a source of their own. */
const decisionsMax = 100_000;

/**
 * Reads decisions from CSV with the columns left_source, left_id, right_source, right_id, decision (same or
 * different) and, if wanted, reason. Such a file is made quickly from review.csv.
 * @throws source-missing, column-missing, source-malformed with the row
 */
export async function readDecisionFile(path: string): Promise<NewDecision[]> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new KindredError("source-missing", { seen: "no such file", where: { file: path }, cause });
  });
  const rows = parseRows(text, path);
  const missing = columns.filter((column) => !(column in (rows[0] ?? {})));
  if (rows.length === 0)
    throw new KindredError("source-empty", {
      seen: "no decision",
      expected: "at least one row",
      where: { file: path },
    });
  if (missing.length > 0) {
    throw new KindredError("column-missing", {
      seen: `no column ${missing.join(", ")}`,
      expected: columns.join(", "),
      where: { file: path },
    });
  }
  if (rows.length > decisionsMax) {
    throw new KindredError("limit-exceeded", {
      seen: `${rows.length} decisions`,
      expected: `at most ${decisionsMax}`,
      where: { file: path },
    });
  }
  return rows.map((row, index) => decisionOf(row, path, index + 1));
}

function parseRows(text: string, path: string): Record<string, string>[] {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true });
  } catch (cause) {
    const { message, lines } = cause as { message: string; lines?: number };
    throw new KindredError("source-malformed", {
      seen: message,
      expected: "CSV",
      where: { file: path, ...(lines ? { row: lines } : {}) },
      cause,
    });
  }
}

function decisionOf(row: Record<string, string>, file: string, at: number): NewDecision {
  const { left_source, left_id, right_source, right_id, decision, reason } = row as Record<
    (typeof columns)[number] | "reason",
    string
  >;
  if (decision !== "same" && decision !== "different") {
    throw new KindredError("source-malformed", {
      seen: `"${decision}"`,
      expected: "same or different",
      where: { file, row: at, column: "decision" },
    });
  }
  const left = { source: left_source, id: left_id };
  const right = { source: right_source, id: right_id };
  return { kind: decision, left, right, ...(reason ? { reason } : {}) };
}
