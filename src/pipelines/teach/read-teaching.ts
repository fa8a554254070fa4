import { readFile } from "node:fs/promises";
import { z } from "zod";
import { KindredError } from "../../base/index.ts";
import {
  calibrationSchema,
  labelMatch,
  type LabelledPair,
  modelSchema,
  readTruth,
  type Verdict,
  verdictSchema,
} from "../../linkage/index.ts";
import { readRows } from "../evaluate/read-rows.ts";
import { noTeaching, type Teaching } from "./teaching.ts";

/** Files that teach a linkage, by what they hold. */
export interface TeachingFiles {
  readonly labels?: string | undefined;
  readonly verdicts?: string | undefined;
  readonly model?: string | undefined;
  readonly calibration?: string | undefined;
}

const modelsSchema = z.object({ version: z.literal(1), types: z.record(z.string(), modelSchema) });

/** What `kindred calibrate` writes. */
const calibrationsSchema = z.object({
  kind: z.literal("kindred-calibration"),
  version: z.literal(1),
  types: z.record(z.string(), calibrationSchema),
});

/** Labels and verdicts of one file at most; they are kept with the run. */
const rowsMax = 100_000;

/**
 * Reads what a linkage is to be taught: labels (CSV of left_source, left_id, right_source, right_id, label), verdicts (the same with
 * `probability` or `label`, `judge` and `reason`), a published `model.json`, what `kindred calibrate` wrote.
 * @throws source-missing, source-empty, column-missing, source-malformed with the row; config-invalid for a model or calibration that is
 * none; limit-exceeded
 */
export async function readTeaching(files: TeachingFiles): Promise<Teaching> {
  const { labels, verdicts, model, calibration } = files;
  return {
    ...noTeaching,
    ...(labels === undefined ? {} : { labels: await readLabels(labels) }),
    ...(verdicts === undefined ? {} : { verdicts: await readVerdicts(verdicts) }),
    ...(model === undefined ? {} : { models: (await readJson(model, modelsSchema, "model.json of a linkage")).types }),
    ...(calibration === undefined
      ? {}
      : { calibrations: (await readJson(calibration, calibrationsSchema, "what `kindred calibrate` writes")).types }),
  };
}

async function readLabels(path: string): Promise<readonly LabelledPair[]> {
  const rows = await readRows(path);
  const sources = [...new Set(rows.flatMap((row) => [row.left_source ?? "", row.right_source ?? ""]))];
  const truth = readTruth(rows, sources, path);
  if (truth.kind !== "pairs") {
    throw new KindredError("column-missing", {
      seen: "clusters in place of labelled pairs",
      expected: "left_source, left_id, right_source, right_id, label",
      where: { file: path },
    });
  }
  return limited(truth.pairs, path);
}

/** What a label is worth as a verdict: even people err once in fifty pairs. */
const surenessOfLabel = 0.98;

async function readVerdicts(path: string): Promise<readonly Verdict[]> {
  const rows = await readRows(path);
  const verdicts = rows.map((row, i): Verdict => {
    const checked = verdictSchema.safeParse({
      left: { source: row.left_source, id: row.left_id },
      right: { source: row.right_source, id: row.right_id },
      probability: probabilityIn(row),
      judge: row.judge,
      ...(row.reason ? { reason: row.reason } : {}),
    });
    if (checked.success) return checked.data;
    const [issue] = checked.error.issues;
    throw new KindredError("source-malformed", {
      seen: `a verdict whose ${issue?.path.join(".")} is wrong: ${issue?.message}`,
      expected: "left_source, left_id, right_source, right_id, probability from 0 to 1 (or label) and judge",
      where: { file: path, row: i + 1 },
    });
  });
  return limited(verdicts, path);
}

/** A probability as it stands, or what a label is worth: an unsure one says neither. */
function probabilityIn({ probability = "", label }: Readonly<Record<string, string>>): number | undefined {
  if (probability !== "") return Number(probability);
  const match = label === undefined ? undefined : labelMatch(label);
  if (match === null) return 0.5;
  return match === undefined ? undefined : match ? surenessOfLabel : 1 - surenessOfLabel;
}

function limited<T>(rows: readonly T[], path: string): readonly T[] {
  if (rows.length <= rowsMax) return rows;
  throw new KindredError("limit-exceeded", {
    seen: `${rows.length} rows`,
    expected: `at most ${rowsMax}`,
    where: { file: path },
  });
}

async function readJson<T>(path: string, schema: z.ZodType<T>, expected: string): Promise<T> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new KindredError("source-missing", { seen: "no such file", expected, where: { file: path }, cause });
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new KindredError("config-invalid", {
      seen: "a file that is not that",
      expected,
      where: { file: path },
      cause,
    });
  }
}
