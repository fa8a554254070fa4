import { Buffer } from "node:buffer";
import { columnOf, type Table, textAt } from "../../columns/index.ts";
import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import type { RecordOutcome } from "./clustered.ts";
import { csvLine } from "./csv.ts";
import { type LinkedPair, pairReader } from "./result-files.ts";

/** What became of a record, and why. */
export interface ToldOutcome {
  readonly outcome: RecordOutcome;
  /** The record it matches best, or that a person should compare it with, and why; empty for a new one. */
  readonly reason: string;
}

/** Reads the outcome of each row of a clustered type's table of entities; `links` is its table of pairs. */
export function outcomeReader(entities: Table, links: Table): (row: number) => ToldOutcome {
  const [source, id] = [columnOf(entities, "source", "text"), columnOf(entities, "id", "text")];
  const outcomes = columnOf(entities, "outcome", "text");
  const pairs = columnOf(entities, "pair", "number").values;
  const pairAt = pairReader(links);
  return (row) => {
    const outcome = textAt(outcomes, row) as RecordOutcome;
    if (outcome === "new") return { outcome, reason: "" };
    const pair = pairs[row] as number;
    if (pair === -1) return { outcome, reason: "someone decided that it is one with another" };
    return { outcome, reason: told(pairAt(pair), textAt(source, row) as string, textAt(id, row) as string) };
  };
}

function told(pair: LinkedPair, source: string, id: string): string {
  const isLeft = pair.leftSource === source && pair.leftId === id;
  const other = isLeft ? `${pair.rightSource}/${pair.rightId}` : `${pair.leftSource}/${pair.leftId}`;
  const weight = `weight ${pair.weight.toFixed(2)}`;
  return pair.reason === "" ? `${other}, ${weight}` : `${other}, ${weight}: ${pair.reason}`;
}

/** The lines of `outcomes.csv` of rows that were set aside: they have neither id nor entity. */
export async function rejectedLines(blobs: Pick<TaskBlobs, "get">, rejects: readonly BlobRef[]): Promise<string[]> {
  const lines: string[] = [];
  for (const ref of rejects) {
    for (const line of Buffer.from(await blobs.get(ref))
      .toString("utf8")
      .split("\n")
      .filter(Boolean)) {
      const { source, file, row, reason } = JSON.parse(line) as Record<"source" | "file" | "row" | "reason", string>;
      lines.push(csvLine([source, "", "rejected", "", `${file} row ${row}: ${reason}`]));
    }
  }
  return lines;
}
