import { KindredError } from "../../base/index.ts";
import { type FileOfPairs, pairColumns, type PairRows } from "../../linkage/index.ts";

/**
 * Refuses files that nothing can be learnt from, or that do not go together.
 * @throws source-malformed without a match or a non-match among the labels
 */
export function checkLearnable(files: readonly FileOfPairs[]): void {
  const labels = files.flatMap((file) => file.labels);
  for (const [match, what] of [
    [true, "a match"],
    [false, "a non-match"],
  ] as const) {
    if (labels.includes(match)) continue;
    throw new KindredError("source-malformed", {
      seen: `no pair is labelled ${what}`,
      expected: "pairs of both kinds to learn from",
      where: { file: files.map(({ file }) => file).join(", ") },
    });
  }
}

/**
 * Refuses files that lack a column of the first one's records.
 * @throws column-missing with the file
 */
export function checkSameColumns(files: readonly PairRows[], ignore: readonly string[]): void {
  const [first, ...others] = files;
  if (first === undefined) return;
  const { left, right } = pairColumns(first, ignore);
  for (const { file, columns } of others) {
    for (const column of [...left.columns, ...right.columns]) {
      if (columns.includes(column)) continue;
      throw new KindredError("column-missing", {
        seen: `no column "${column}", which ${first.file} has`,
        expected: "the same columns left_... and right_... in all files",
        hint: `Add it, or leave it out everywhere with --ignore ${column}`,
        where: { file },
      });
    }
  }
}
