import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { assertNotHeld, KindredError, replaceFile } from "../../base/index.ts";
import { csvLine } from "../linkage/csv.ts";
import type { LinkageDiff } from "./diff-linkages.ts";
import type { EntityDiff } from "./entity-diffs.ts";
import type { PairDiff } from "./pair-diffs.ts";

/** The columns of a difference as CSV: one line a pair, then one a change of entities. */
export const diffHeader = [
  "kind",
  "change",
  "cause",
  "detail",
  "left_source",
  "left_id",
  "right_source",
  "right_id",
  "weight_before",
  "weight_after",
  "outcome_before",
  "outcome_after",
  "entities_before",
  "entities_after",
];

/** The endings that say how a difference is written. */
const writers: Readonly<Record<string, (diff: LinkageDiff) => Generator<string>>> = {
  ".csv": csvLines,
  ".jsonl": jsonLines,
};

/**
 * Writes every change to a file, line by line, put in place when whole: `.csv`, or `.jsonl` with the parts of each weight.
 * @throws argument-invalid for another ending; refused in a folder that is held; disk-full
 */
export async function writeDiff(diff: LinkageDiff, path: string): Promise<void> {
  const lines = writers[/\.\w+$/.exec(path)?.[0] ?? ""];
  if (lines === undefined)
    throw new KindredError("argument-invalid", {
      seen: `the file "${path}"`,
      expected: "one that ends in .csv or .jsonl",
    });
  await assertNotHeld(path);
  await replaceFile(path, (aside) => pipeline(Readable.from(lines(diff)), createWriteStream(aside)));
}

function* jsonLines(diff: LinkageDiff): Generator<string> {
  for (const pair of diff.pairDiffs()) yield `${JSON.stringify({ kind: "pair", ...pair })}\n`;
  for (const entity of diff.entityDiffs()) yield `${JSON.stringify({ kind: "entity", ...entity })}\n`;
}

function* csvLines(diff: LinkageDiff): Generator<string> {
  yield csvLine(diffHeader);
  for (const pair of diff.pairDiffs()) yield csvLine(pairFields(pair));
  for (const entity of diff.entityDiffs()) yield csvLine(entityFields(entity));
}

function pairFields({ change, cause, left, right, before, after }: PairDiff): string[] {
  const weightText = (weight: number | null): string => (weight === null ? "" : String(Number(weight.toPrecision(10))));
  return [
    "pair",
    change,
    cause.kind,
    cause.detail,
    left.source,
    left.id,
    right.source,
    right.id,
    weightText(before.weight),
    weightText(after.weight),
    before.outcome ?? before.standing,
    after.outcome ?? after.standing,
    "",
    "",
  ];
}

/** Ids of entities hold no space. */
function entityFields({ change, cause, before, after }: EntityDiff): string[] {
  return ["entity", change, cause ?? "", ...Array<string>(9).fill(""), before.join(" "), after.join(" ")];
}
