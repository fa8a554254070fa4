import { resolve } from "node:path";
import { assertNotHeld, KindredError } from "../../base/index.ts";
import {
  contributionsOf,
  type FileOfPairs,
  featuresFor,
  fitPairs,
  importanceOf,
  type PairModel,
  pairColumns,
  pairProbabilities,
} from "../../linkage/index.ts";
import { checkLearnable, checkSameColumns } from "./check-pairs.ts";
import { measurePairs, type PairMeasures } from "./measure-pairs.ts";
import { readModel, writeModel } from "./model-file.ts";
import { readPairs } from "./read-pairs.ts";
import { writeProbabilities } from "./write-probabilities.ts";

/** What `kindred classify` is asked for. */
export interface ClassifyRequest {
  /** Labelled pairs to learn from; not with `model`. */
  readonly train?: string;
  readonly valid?: string;
  /** A fitted model in place of labelled pairs. */
  readonly model?: string;
  /** The pairs to classify; labels, if it has any, are only measured by. */
  readonly test: string;
  readonly out: string;
  readonly modelOut?: string;
  readonly ignore: readonly string[];
  /** False: each pair is seen by itself. */
  readonly context: boolean;
  /** True: the strongest reasons are written beside each probability. */
  readonly reasons: boolean;
}

/** What came of it. */
export interface ClassifyResult {
  readonly out: string;
  readonly pairs: number;
  readonly matches: number;
  /** Of labelled pairs that were learnt from, each by a fit that had not seen it; null with a model. */
  readonly learnt: PairMeasures | null;
  /** The same of the pairs in `valid` alone. */
  readonly valid: PairMeasures | null;
  /** Null where the pairs to classify have no labels. */
  readonly test: PairMeasures | null;
  /** What the model goes by most, as shares of one. */
  readonly importance: readonly { readonly feature: string; readonly share: number }[];
}

/** A step of the way, for progress. */
export type OnClassify = (done: number, total: number) => void;

const importanceShown = 20;
const reasonsShown = 3;

/**
 * Classifies pairs by what labelled pairs teach, and writes a probability for each.
 * @throws what reading, `checkLearnable` and `checkSameColumns` do; argument-invalid when the output is one of the inputs, refused
 * when it is in a folder that is held
 */
export async function classifyPairs(request: ClassifyRequest, onFit: OnClassify = () => {}): Promise<ClassifyResult> {
  await checkOutputs(request);
  const test = await readPairs(request.test, false);
  const ready =
    request.model === undefined ? await learnFrom(request, test, onFit) : await openModel(request.model, test);
  const { model, matrix, learnt, valid } = ready;
  const probabilities = pairProbabilities(model.classifier, matrix);
  const own = probabilities.subarray(probabilities.length - test.rows.length);
  const offset = probabilities.length - own.length;
  const reasonsOf = (row: number): string =>
    contributionsOf(model.classifier, matrix, offset + row)
      .slice(0, reasonsShown)
      .map(reasonText)
      .join("; ");
  const { left, right } = pairColumns(test, knownIn(test, model.ignore));
  const evidence = new Set([...left.columns, ...right.columns]);
  await writeProbabilities(
    request.out,
    test,
    evidence,
    own,
    request.reasons ? test.rows.map((_, row) => reasonsOf(row)) : null,
  );
  return {
    out: request.out,
    pairs: own.length,
    matches: own.filter((probability) => probability >= 0.5).length,
    learnt,
    valid,
    test: measurePairs(own, test.labels),
    importance: importanceOf(model.classifier).slice(0, importanceShown),
  };
}

interface Ready {
  readonly model: PairModel;
  readonly matrix: ReturnType<typeof featuresFor>;
  readonly learnt: PairMeasures | null;
  readonly valid: PairMeasures | null;
}

async function learnFrom(request: ClassifyRequest, test: FileOfPairs, onFit: OnClassify): Promise<Ready> {
  const { train, valid, ignore, context } = request;
  const learn = await Promise.all(
    [train, valid].flatMap((path) => (path === undefined ? [] : [readPairs(path, true)])),
  );
  checkSameColumns([...learn, test], ignore);
  checkLearnable(learn);
  const { model, matrix, unseen } = fitPairs(learn, [test], { ignore, context, onFit });
  if (request.modelOut !== undefined) await writeModel(request.modelOut, keptModel(model, learn, request));
  const labels = learn.flatMap((file) => file.labels);
  const validAt = valid === undefined ? labels.length : (learn[0] as FileOfPairs).rows.length;
  return {
    model,
    matrix,
    learnt: measurePairs(unseen, labels),
    valid: measurePairs(unseen.subarray(validAt), labels.slice(validAt)),
  };
}

/** What is kept sees each pair by itself: other files will have other candidates. */
function keptModel(model: PairModel, learn: readonly FileOfPairs[], { ignore, context }: ClassifyRequest): PairModel {
  return context ? fitPairs(learn, [], { ignore, context: false }).model : model;
}

async function openModel(path: string, test: FileOfPairs): Promise<Ready> {
  const model = await readModel(path);
  const ignore = knownIn(test, model.ignore);
  return { model, matrix: featuresFor({ ...model, ignore }, [test]), learnt: null, valid: null };
}

/** Columns that a model ignores may be absent from what it is to classify. */
function knownIn({ columns }: FileOfPairs, ignore: readonly string[]): string[] {
  return ignore.filter((name) => columns.some((column) => column === name || column.endsWith(`_${name}`)));
}

function reasonText({ feature, value, weight }: ReturnType<typeof contributionsOf>[number]): string {
  const shown = Number.isNaN(value) ? "nothing" : String(Number(value.toPrecision(3)));
  return `${feature} = ${shown} (${weight >= 0 ? "+" : ""}${weight.toFixed(2)})`;
}

async function checkOutputs({ train, valid, model, test, out, modelOut }: ClassifyRequest): Promise<void> {
  const inputs = [train, valid, model, test].flatMap((path) => (path === undefined ? [] : [resolve(path)]));
  const outputs = [out, modelOut].flatMap((path) => (path === undefined ? [] : [resolve(path)]));
  for (const path of outputs) await assertNotHeld(path);
  const twice = outputs.find((path, i) => inputs.includes(path) || outputs.indexOf(path) !== i);
  if (twice !== undefined) {
    throw new KindredError("argument-invalid", {
      seen: `"${twice}" is written, and named a second time`,
      expected: "outputs that are neither an input nor each other",
    });
  }
  if ((train === undefined) === (model === undefined)) {
    throw new KindredError("argument-invalid", {
      seen: train === undefined ? "neither --train nor --model" : "both --train and --model",
      expected: "labelled pairs to learn from, or a model that was fitted before",
    });
  }
}
