import { columnOf, findColumn, type Table, textAt } from "../../columns/index.ts";
import type { Decision } from "../../linkage/index.ts";

/** The columns of `matches.csv`. */
export const matchHeader = ["left_source", "left_id", "right_source", "right_id", "probability", "weight"];

/** The columns of `entities.csv`. */
export const entityHeader = ["entity_id", "source", "id"];

/** The columns of `review.csv`. */
export const reviewHeader = [...matchHeader, "reason"];

/** The columns of `outcomes.csv`. */
export const outcomeHeader = ["source", "id", "outcome", "entity_id", "reason"];

/** A pair of the table that clustering gives, as plain data. */
export interface LinkedPair {
  readonly leftSource: string;
  readonly leftId: string;
  readonly rightSource: string;
  readonly rightId: string;
  readonly weight: number;
  /** What of the weight a judge accounts for, and who it was; else 0 and empty. */
  readonly verdict: number;
  readonly verdictBy: string;
  /** What of the weight related records, the pair's rivals, too little that agrees, labelled pairs and a trusted identifier account for. */
  readonly related: number;
  readonly competition: number;
  readonly guard: number;
  readonly calibration: number;
  readonly trusted: number;
  /** The rule that made the pair, by its place among the rules. */
  readonly rule: number;
  readonly outcome: "match" | "review" | "rejected";
  /** Why it is in review or rejected, or a match by a rule; empty for a match by its weight. */
  readonly reason: string;
}

/** The two records of a pair. */
export function recordsOf(pair: LinkedPair): readonly [left: Decision["left"], right: Decision["right"]] {
  return [
    { source: pair.leftSource, id: pair.leftId },
    { source: pair.rightSource, id: pair.rightId },
  ];
}

type NumberAt = (row: number) => number;

/** Reads the rows of the pairs table that clustering gives. */
export function pairReader(table: Table): (row: number) => LinkedPair {
  const text = (name: string): ((row: number) => string) => {
    const column = columnOf(table, name, "text");
    return (row) => textAt(column, row) ?? "";
  };
  const [leftSource, leftId, rightSource, rightId] = ["left_source", "left_id", "right_source", "right_id"].map(text);
  const [outcome, reason] = [text("outcome"), text("reason")];
  const weight = columnOf(table, "weight", "number").values;
  const rule = columnOf(table, "rule", "number").values;
  const added = (name: string): ((row: number) => number) => {
    const column = findColumn(table, name);
    return (row) => (column?.kind === "number" ? (column.values[row] as number) : 0);
  };
  const [related, competition, guard] = ["related", "competition", "guard"].map(added) as [
    NumberAt,
    NumberAt,
    NumberAt,
  ];
  const [calibration, trusted] = ["calibration", "trusted"].map(added) as [NumberAt, NumberAt];
  const verdict = added("verdict");
  const by = findColumn(table, "verdict_by");
  return (row) => ({
    leftSource: (leftSource as (row: number) => string)(row),
    leftId: (leftId as (row: number) => string)(row),
    rightSource: (rightSource as (row: number) => string)(row),
    rightId: (rightId as (row: number) => string)(row),
    weight: weight[row] as number,
    related: related(row),
    verdict: verdict(row),
    verdictBy: by?.kind === "text" ? (textAt(by, row) ?? "") : "",
    competition: competition(row),
    guard: guard(row),
    calibration: calibration(row),
    trusted: trusted(row),
    rule: rule[row] as number,
    outcome: outcome(row) as LinkedPair["outcome"],
    reason: reason(row),
  });
}
