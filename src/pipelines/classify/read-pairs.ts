import { KindredError } from "../../base/index.ts";
import { type FileOfPairs, labelMatch, labelWords } from "../../linkage/index.ts";
import { rowsOfSource, sourceFromArgument } from "../../records/index.ts";

/** Pairs that are held in memory at once. */
const pairsMax = 500_000;

/** The column that says what is true of a pair. */
export const labelColumn = "label";

/**
 * Reads a file of pairs in any format, with labels where it has them.
 * @throws column-missing when labels must be there and are not; source-malformed for a word that is no label
 */
export async function readPairs(path: string, mustBeLabelled: boolean): Promise<FileOfPairs> {
  const { columns, rows } = await rowsOfSource(sourceFromArgument(path), { rowsMax: pairsMax });
  const place = columns.indexOf(labelColumn);
  if (place < 0 && mustBeLabelled) {
    throw new KindredError("column-missing", {
      seen: `no column "${labelColumn}" among ${columns.join(", ")}`,
      expected: `a column "${labelColumn}" with ${labelWords}`,
      where: { file: path },
    });
  }
  const labels = rows.map((row, i) => (place < 0 ? null : labelOf(String(row[place] ?? ""), path, i + 1)));
  return { file: path, columns, rows, labels };
}

function labelOf(word: string, file: string, row: number): boolean | null {
  const match = labelMatch(word);
  if (match !== undefined) return match;
  throw new KindredError("source-malformed", {
    seen: `the label "${word}"`,
    expected: labelWords,
    where: { file, row, column: labelColumn },
  });
}
