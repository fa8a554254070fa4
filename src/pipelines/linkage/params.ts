import { type Decision, linkageDefaults, relationalDefaults, type LinkageSettings } from "../../linkage/index.ts";
import type { SourceSpec } from "../../records/index.ts";
import { noTeaching, type Teaching } from "../teach/teaching.ts";

/** Everything that decides a linkage run. Plain data, kept with the run, so a resumed run goes on with the same. */
export interface LinkageParams {
  readonly sources: readonly SourceSpec[];
  /** As `--id` gives them: `column` or `source:column`. */
  readonly ids: readonly string[];
  readonly ignore: readonly string[];
  readonly dedupe: boolean;
  readonly oneToOne: boolean;
  readonly threshold: number;
  /** Pairs from here up to the threshold are kept for review. */
  readonly reviewThreshold: number;
  /** How often matches of people and of works speak for each other; 0 is never. */
  readonly relatedRounds: number;
  readonly shards: number;
  /** Memory of one task that counts or scores pairs, in MiB: a shard that needs more is cut. Never changes the result. */
  readonly memoryMiB: number;
  /** Threads of one task that counts or scores pairs; they share its memory. Never changes the result. */
  readonly threads: number;
  readonly skipBad: number;
  /** The year the catalogues are of, or null for the default of the records room. */
  readonly asOfYear: number | null;
  readonly occupations: Readonly<Record<string, readonly string[]>>;
  /** Settings by entity type in place of the inferred ones. */
  readonly linkage: Readonly<Record<string, Partial<LinkageSettings>>>;
  /** What people decided before this run began. */
  readonly decisions: readonly Decision[];
  /** Labels, verdicts, models and calibrations that were given. */
  readonly teaching: Teaching;
  /** Absolute paths of documents whose claims join the graph. */
  readonly documents: readonly string[];
  /** Build the graph of the records too; without it entities are only named, by the same ids. */
  readonly graph: boolean;
  /** The folder that the run publishes to, absolute; empty for none, where it makes a data set. */
  readonly out: string;
  /** The machine that the run is started on writes the folder, from the store: those that run it share no disk with it. */
  readonly handOver: boolean;
  /** The data set that the run makes of the result; empty for none. */
  readonly dataSet: string;
  readonly format: "csv" | "parquet";
  /** Planning also weighs other blocking rules. */
  readonly suggest: boolean;
}

/** The params of a linkage that says nothing but its sources and output. */
export const defaultLinkageParams: LinkageParams = {
  sources: [],
  ids: [],
  ignore: [],
  dedupe: false,
  oneToOne: false,
  threshold: linkageDefaults.threshold,
  reviewThreshold: linkageDefaults.reviewThreshold,
  relatedRounds: relationalDefaults.rounds,
  shards: 8,
  memoryMiB: 1024,
  threads: 1,
  skipBad: 0,
  asOfYear: null,
  occupations: {},
  linkage: {},
  decisions: [],
  teaching: noTeaching,
  documents: [],
  graph: true,
  out: "",
  handOver: false,
  dataSet: "",
  format: "csv",
  suggest: false,
};
