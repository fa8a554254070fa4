import type { Column } from "../../../columns/index.ts";
import type { FeatureMatrix } from "../trees/feature-matrix.ts";
import { contextFeatures } from "./context-features.ts";
import { crossFeatures } from "./cross-features.ts";
import { levelFeatures } from "./level-features.ts";
import { listFeatures } from "./list-features.ts";
import { missingFeature } from "./missing-features.ts";
import { nearestFeatures } from "./nearest-features.ts";
import { numberFeatures } from "./number-features.ts";
import type { ComparedField, FeatureColumn, PairedRecords } from "./paired-records.ts";
import { recordFeatures, recordVectors } from "./record-features.ts";
import { columnTexts, recordTexts } from "./record-texts.ts";
import { signFeatures } from "./sign-features.ts";
import { textFeatures } from "./text-features.ts";

/** Which features are made. */
export interface FeatureOptions {
  /** Whether a pair is also seen beside the other pairs of its records. */
  readonly context: boolean;
}

/** All features of pairs, each with its name; the same fields and options give the same names. */
export function makeFeatures(pairs: PairedRecords, options: FeatureOptions): FeatureMatrix {
  const texts = recordTexts(pairs);
  const byField = pairs.fields.flatMap((compared, place) =>
    compared.shared ? fieldFeatures(pairs, pairs.records.columns[place] as Column, compared) : [],
  );
  const main = mainColumn(pairs);
  const whole = [
    ...recordFeatures(pairs, texts),
    ...signFeatures(pairs, texts, "record"),
    ...(main === undefined
      ? []
      : [
          ...crossFeatures(pairs, main, texts),
          ...signFeatures(pairs, columnTexts(main, pairs.records.rowCount), main.name),
        ]),
  ];
  const features = [...byField, ...whole, meanSimilarity(byField)];
  const around = options.context ? aroundFeatures(pairs, features, main?.name, texts) : [];
  const all = [...features, ...around];
  return { names: all.map(({ name }) => name), rowCount: pairs.left.length, columns: all.map(({ values }) => values) };
}

function fieldFeatures(pairs: PairedRecords, column: Column, { field }: ComparedField): FeatureColumn[] {
  const missing = missingFeature(pairs, column);
  const levels = levelFeatures(pairs, column, field);
  if (column.kind === "number") return [missing, ...levels, ...numberFeatures(pairs, column)];
  const lists = column.kind === "textList" ? listFeatures(pairs, column) : [];
  return [missing, ...levels, ...lists, ...textFeatures(pairs, column)];
}

/** The column that names a record: its title or name, else the first text. */
function mainColumn({ records, fields }: PairedRecords): Column | undefined {
  const place = ["title", "name", "text"]
    .map((kind) => fields.findIndex(({ field, shared }) => shared && field.kind === kind))
    .find((found) => found >= 0);
  return place === undefined ? undefined : records.columns[place];
}

/** The mean of how alike the letters are in each field that both records have. */
function meanSimilarity(byField: readonly FeatureColumn[]): FeatureColumn {
  const alike = byField.filter(({ name }) => name.endsWith(": letter cosine"));
  const pairCount = byField[0]?.values.length ?? 0;
  const values = Float64Array.from({ length: pairCount }, (_, pair) => {
    const known = alike.map(({ values: own }) => own[pair] as number).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  return { name: "fields: mean letter cosine", values };
}

function aroundFeatures(
  pairs: PairedRecords,
  features: readonly FeatureColumn[],
  main: string | undefined,
  texts: readonly (string | null)[],
): FeatureColumn[] {
  const wanted = [
    "record: word cosine",
    "record: letter cosine",
    "fields: mean letter cosine",
    `${main}: word cosine`,
    `${main}: letter cosine`,
    `${main}: rarity of left found`,
    `${main}: rarity of right found`,
    "record: codes of left in right",
  ];
  const bases = wanted.flatMap((name) => features.find((feature) => feature.name === name) ?? []);
  const { words } = recordVectors(texts);
  return [
    ...bases.flatMap((base) => contextFeatures(pairs, base)),
    ...nearestFeatures(pairs, words, "record, nearest"),
  ];
}
