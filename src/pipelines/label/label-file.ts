import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parse } from "csv-parse";
import { KindredError, writeOutputFile } from "../../base/index.ts";
import { labelMatch } from "../../linkage/index.ts";
import { withFileLock } from "../decisions/file-lock.ts";
import { csvLine } from "../linkage/csv.ts";

/** What someone said of a pair. */
export type LabelWord = "same" | "different" | "unsure";

/** A labelled pair. */
export interface PairLabel {
  readonly left: { readonly source: string; readonly id: string };
  readonly right: { readonly source: string; readonly id: string };
  readonly label: LabelWord;
}

const columns = ["left_source", "left_id", "right_source", "right_id", "label"] as const;

/** More labels than people give: such a file is truth of another kind. */
const labelsMax = 1_000_000;

/**
 * The labels of a file in their order: a CSV in the form that `kindred evaluate --truth` reads, whoever wrote it. No file, no label.
 * @throws column-missing, source-malformed with the row, limit-exceeded
 */
export async function readLabels(path: string): Promise<PairLabel[]> {
  const labels: PairLabel[] = [];
  const text = await readText(path);
  if (text === "") return labels;
  const rows = createReadStream(path).pipe(parse({ columns: true, bom: true, skip_empty_lines: true }));
  try {
    for await (const row of rows) {
      labels.push(labelOf(row, path, labels.length + 1));
      if (labels.length > labelsMax)
        throw new KindredError("limit-exceeded", {
          seen: `more than ${labelsMax} labels`,
          expected: `at most ${labelsMax}`,
          where: { file: path },
        });
    }
  } catch (cause) {
    if (cause instanceof KindredError) throw cause;
    const { message, lines } = cause as { message: string; lines?: number };
    const where = { file: path, ...(lines === undefined ? {} : { row: lines }) };
    throw new KindredError("source-malformed", { seen: message, expected: "CSV with a header", where, cause });
  }
  return labels;
}

/** Adds a label at the end; the file holds all labels or those before, never a part of a line. */
export function appendLabel(path: string, { left, right, label }: PairLabel): Promise<void> {
  const line = csvLine([left.source, left.id, right.source, right.id, label]);
  return change(path, (text) => (text === "" ? csvLine(columns) : ended(text)) + line);
}

/** Takes the last label away, where it is this one: somebody else may have added theirs. */
export function removeLastLabel(path: string, { left, right, label }: PairLabel): Promise<void> {
  const line = csvLine([left.source, left.id, right.source, right.id, label]);
  return change(path, (text) => (ended(text).endsWith(line) ? ended(text).slice(0, -line.length) : text));
}

function change(path: string, changed: (text: string) => string): Promise<void> {
  return withFileLock(join(dirname(path), `.${basename(path)}.lock`), async () =>
    writeOutputFile(path, changed(await readText(path))),
  );
}

/** An editor may have left the last line without its end. */
function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw new KindredError("source-missing", {
      seen: error.message,
      expected: "a file of labels",
      where: { file: path },
    });
  });
}

function labelOf(row: Record<string, string>, file: string, at: number): PairLabel {
  const missing = columns.filter((column) => !(column in row));
  if (missing.length > 0)
    throw new KindredError("column-missing", {
      seen: `labels without ${missing.join(", ")}`,
      expected: columns.join(", "),
      where: { file },
    });
  const { left_source, left_id, right_source, right_id, label } = row as Record<(typeof columns)[number], string>;
  const isMatch = labelMatch(label);
  if (isMatch === undefined)
    throw new KindredError("source-malformed", {
      seen: `the label "${label}"`,
      expected: "same, different or unsure",
      where: { file, row: at, column: "label" },
    });
  return {
    left: { source: left_source, id: left_id },
    right: { source: right_source, id: right_id },
    label: isMatch === null ? "unsure" : isMatch ? "same" : "different",
  };
}
