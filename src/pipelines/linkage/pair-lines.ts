import { columnOf, dictionaryTexts, nullId, type Table, type TextColumn, utf8Of } from "../../columns/index.ts";
import { type Decision, probabilityOf } from "../../linkage/index.ts";
import { decidedPairs } from "../decisions/decided-pairs.ts";
import { CsvBytes } from "./csv-bytes.ts";
import { pairReader, recordsOf } from "./result-files.ts";

/** The lines that the pairs of one entity type give, without headers. */
export interface PairLines {
  readonly matches: Uint8Array;
  readonly review: Uint8Array;
  readonly matchCount: number;
  readonly reviewCount: number;
}

/**
 * The lines of `matches.csv` and `review.csv`, from the pairs of an entity type. Only pairs of declared sources are in them:
 * people named by works live in the graph. Nobody is asked to review what somebody decided.
 */
export function pairLines(table: Table, declared: ReadonlySet<string>, decisions: readonly Decision[] = []): PairLines {
  const matches = new CsvBytes();
  const review = new CsvBytes();
  const [leftSource, rightSource] = ["left_source", "right_source"].map((name) => columnOf(table, name, "text")) as [
    TextColumn,
    TextColumn,
  ];
  const [isLeft, isRight] = [rowsOfSources(leftSource, declared), rowsOfSources(rightSource, declared)];
  const isMatch = rowsOf(table, "match");
  const isReview = rowsOf(table, "review");
  const isDecided = decidedRows(table, decisions);
  const append = [leftSource, columnOf(table, "left_id", "text"), rightSource, columnOf(table, "right_id", "text")].map(
    appender,
  );
  const appendReason = appender(columnOf(table, "reason", "text"));
  const weights = columnOf(table, "weight", "number").values;
  let [matchCount, reviewCount] = [0, 0];
  for (let row = 0; row < table.rowCount; row++) {
    if (!isLeft(row) || !isRight(row)) continue;
    const forReview = isReview(row) && !isDecided(row);
    if (!forReview && !isMatch(row)) continue;
    const csv = forReview ? review : matches;
    for (const field of append) {
      field(csv, row);
      csv.next();
    }
    const weight = weights[row] as number;
    csv.text(String(rounded(probabilityOf(weight))));
    csv.next();
    csv.text(String(rounded(weight)));
    if (forReview) {
      csv.next();
      appendReason(csv, row);
      reviewCount++;
    } else matchCount++;
    csv.endLine();
  }
  return { matches: matches.toBytes(), review: review.toBytes(), matchCount, reviewCount };
}

function rowsOfSources({ dictionary, ids }: TextColumn, wanted: ReadonlySet<string>): (row: number) => boolean {
  const isWanted = dictionaryTexts(dictionary).map((text) => wanted.has(text));
  return (row) => isWanted[ids[row] as number] === true;
}

function rowsOf(table: Table, outcome: string): (row: number) => boolean {
  return rowsOfSources(columnOf(table, "outcome", "text"), new Set([outcome]));
}

function decidedRows(table: Table, decisions: readonly Decision[]): (row: number) => boolean {
  if (decisions.length === 0) return () => false;
  const decidedOf = decidedPairs(decisions);
  const at = pairReader(table);
  return (row) => decidedOf(...recordsOf(at(row))) !== undefined;
}

function appender({ dictionary, ids }: TextColumn): (csv: CsvBytes, row: number) => void {
  const texts = utf8Of(dictionary);
  return (csv, row) => {
    const id = ids[row] as number;
    if (id !== nullId) csv.utf8(texts, id);
  };
}

/** Ten significant digits: more would show the noise of the last bits, and break equal bytes between machines. */
function rounded(value: number): number {
  return Number(value.toPrecision(10));
}
