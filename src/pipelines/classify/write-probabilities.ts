import { writeOutputFile } from "../../base/index.ts";
import type { PairRows } from "../../linkage/index.ts";
import { csvLine } from "../linkage/csv.ts";
import { labelColumn } from "./read-pairs.ts";

const own = ["probability", "reasons"];

/**
 * Writes one line a pair, in the order of the file: the columns that are no evidence (ids, numbers of pairs, what was ignored),
 * then the probability, then the reasons where they were asked for.
 */
export async function writeProbabilities(
  out: string,
  { columns, rows }: PairRows,
  evidence: ReadonlySet<string>,
  probabilities: ArrayLike<number>,
  reasons: readonly string[] | null,
): Promise<void> {
  const echoed = columns.filter(
    (name) => name !== labelColumn && !own.includes(name) && (!evidence.has(name) || isId(name)),
  );
  const places = echoed.map((name) => columns.indexOf(name));
  const lines = rows.map((row, i) =>
    csvLine([
      ...places.map((place) => text(row[place])),
      String(probabilities[i]),
      ...(reasons === null ? [] : [reasons[i] as string]),
    ]),
  );
  const header = csvLine([...echoed, "probability", ...(reasons === null ? [] : ["reasons"])]);
  await writeOutputFile(out, header + lines.join(""));
}

function isId(column: string): boolean {
  return /^(?:left|ltable|right|rtable)_id$/.test(column);
}

function text(value: PairRows["rows"][number][number] | undefined): string {
  return Array.isArray(value) ? value.join("|") : String(value ?? "");
}
