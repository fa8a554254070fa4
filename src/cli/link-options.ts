import { type Command, InvalidArgumentError } from "commander";
import type { LinkageParams } from "../pipelines/index.ts";
import type { CommonOptions } from "./session.ts";

/** What `link` and `plan` understand alike. */
export interface LinkOptions extends CommonOptions {
  readonly config?: string;
  readonly id: readonly string[];
  readonly ignore: readonly string[];
  readonly dedupe?: boolean;
  readonly oneToOne?: boolean;
  readonly threshold?: number;
  readonly reviewThreshold?: number;
  readonly skipBad?: number;
  readonly shards?: number;
  readonly workers?: number;
  readonly threads?: number;
  readonly memory?: number;
  readonly labels?: string;
  readonly verdicts?: string;
  readonly model?: string;
  readonly calibration?: string;
  readonly documents: readonly string[];
  /** Commander sets it, true where `--no-graph` is not given. */
  readonly graph: boolean;
}

/** Declares the options that `link` and `plan` share. */
export function addLinkOptions(command: Command): Command {
  return command
    .argument(
      "[source...]",
      "[name=]path of csv, tsv, json, jsonl, parquet or arrow, also .gz and .zst, globs, - for stdin",
    )
    .optionsGroup("What is linked:")
    .option("--config <file>", "sources and settings from kindred.config.ts, YAML or JSON")
    .option("--id <[source:]column>", "the column of ids (repeatable); else `id`, else row:N", collect, [])
    .option("--ignore <columns>", "columns that are never evidence, separated by commas", collectList, [])
    .option(
      "--skip-bad <rows>",
      "go on past at most so many bad rows, and write them with reasons",
      wholeNumber(0, 1e9),
    )
    .option("--documents <path>", "texts whose claims join the graph (repeatable)", collect, [])
    .optionsGroup("What matches:")
    .option("--dedupe", "look for duplicates within each source too")
    .option("--one-to-one", "no entity holds two records of one source")
    .option("--threshold <probability>", "pairs at or above it match (default .5)", between(0, 1))
    .option(
      "--review-threshold <probability>",
      "pairs from it up to the other go to review (default .1)",
      between(0, 1),
    )
    .option("--labels <file>", "labelled pairs that training learns from: CSV of left_*, right_*, label")
    .option("--verdicts <file>", "what judges said of pairs, as evidence: CSV of left_*, right_*, probability, judge")
    .option("--model <file>", "a model.json to weigh pairs with, in place of training")
    .option("--calibration <file>", "what `kindred calibrate` wrote: what probabilities are worth")
    .optionsGroup("How the work is cut:")
    .option("--workers <count>", "worker processes (default: one a core)", wholeNumber(1, 256))
    .option("--shards <count>", "into how many parts the pairs are cut; never changes the result", wholeNumber(1, 4096))
    .option("--threads <count>", "threads of a task that scores pairs (default 1)", wholeNumber(1, 64))
    .option("--memory <MiB>", "of a task that scores pairs: larger shards are cut (default 1024)", wholeNumber(1, 4096))
    .optionsGroup("What comes out:")
    .option("--no-graph", "only matches and entities, in less time and memory: for very many records")
    .option("--json", "print one JSON document");
}

/** Collects a repeatable option. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** An option that is a list separated by commas, and may be given several times. */
export function collectList(value: string, before: readonly string[]): string[] {
  return [
    ...before,
    ...value
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  ];
}

function between(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= low && value <= high))
      throw new InvalidArgumentError(`It must be a number from ${low} to ${high}.`);
    return value;
  };
}

/** An option's value as a whole number within bounds. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = between(low, high)(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError("It must be a whole number.");
    return value;
  };
}

/** What is known of a run once sources, config and options are put together. */
export type LinkageRequest = Partial<LinkageParams> & Pick<LinkageParams, "sources">;
