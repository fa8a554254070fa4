import { KindredError } from "../../base/index.ts";
import { TableBuilder } from "../../columns/index.ts";
import {
  type Counts,
  type Frozen,
  type LabelledPattern,
  labelledPatterns,
  type LinkageSettings,
  type Model,
  type RecordPair,
  train,
} from "../../linkage/index.ts";
import { columnKindOf, idColumn } from "../../records/index.ts";
import { type PlainRecord, findRecords } from "../linkage/read-records.ts";
import type { Teaching } from "./teaching.ts";

/** What a model is learnt from. */
export interface Lessons {
  readonly settings: LinkageSettings;
  readonly frozen: Frozen;
  readonly counts: Counts;
  readonly teaching: Teaching;
  readonly blobs: Parameters<typeof findRecords>[0];
  readonly sources: Parameters<typeof findRecords>[1]["sources"];
}

/**
 * The model of one entity type: the given one, or one trained, with labelled pairs where there are some; with the calibration
 * that was given.
 * @throws config-invalid when a given model was made for other comparisons or rules
 */
export async function learnModel(lessons: Lessons): Promise<Model> {
  const { settings, frozen, counts, teaching } = lessons;
  const given = teaching.models[settings.entityType];
  const model = given
    ? { ...fittingModel(given, settings), settings: { ...settings, fields: [...settings.fields] } }
    : train(counts, frozen, settings, await patternsOfLabels(lessons));
  const calibration = teaching.calibrations[settings.entityType];
  return calibration ? { ...model, calibration } : model;
}

/** Weights are of a level of a comparison under a rule: they mean nothing for others. */
function fittingModel(model: Model, settings: LinkageSettings): Model {
  const parts = (of: Pick<LinkageSettings, "comparisons" | "rules">): string =>
    JSON.stringify([of.comparisons, of.rules]);
  if (parts(model.settings) === parts(settings)) return model;
  throw new KindredError("config-invalid", {
    seen: `a model of ${settings.entityType} with other comparisons or blocking rules than this linkage`,
    expected: "the same fields, comparisons and rules",
    hint: "Configure those of the model under `linkage`, or train without --model",
  });
}

async function patternsOfLabels({ settings, frozen, teaching, blobs, sources }: Lessons): Promise<LabelledPattern[]> {
  const known = new Set(settings.sources);
  const labels = teaching.labels.filter(({ left, right }) => known.has(left.source) && known.has(right.source));
  if (labels.length === 0) return [];
  const key = ({ source, id }: RecordPair["left"]): string => JSON.stringify([source, id]);
  const ofType = sources.filter(({ entityType }) => entityType === settings.entityType);
  const records = await findRecords(
    blobs,
    { sources: ofType },
    labels.flatMap(({ left, right }) => [left, right]),
  );
  const byKey = new Map(records.map((record) => [key(record), record]));
  const builder = new TableBuilder([
    { name: idColumn, kind: "text" },
    ...settings.fields.map((field) => ({ name: field.name, kind: columnKindOf(field) })),
  ]);
  const append = ({ id, values }: PlainRecord): void =>
    void builder.append([id, ...settings.fields.map((field) => values[field.name] ?? null)]);
  const matches: boolean[] = [];
  for (const { left, right, match } of labels) {
    const [a, b] = [byKey.get(key(left)), byKey.get(key(right))];
    if (a === undefined || b === undefined) continue;
    append(a);
    append(b);
    matches.push(match);
  }
  return labelledPatterns({ table: builder.build(), matches }, frozen, settings);
}
