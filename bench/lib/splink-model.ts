import type { LinkageSettings, Model } from "../../src/linkage/index.ts";

/** The part of Splink's saved model that weighs pairs. */
export interface SplinkModel {
  readonly probability_two_random_records_match: number;
  readonly comparisons: readonly {
    readonly output_column_name: string;
    readonly comparison_levels: readonly {
      readonly label_for_charts: string;
      readonly is_null_level?: boolean;
      readonly m_probability?: number;
      readonly u_probability?: number;
    }[];
  }[];
}

/** Splink's weights as a model of Kindred: one prior and one set of weights for all rules, levels from the least on. */
export function modelOfSplink(splink: SplinkModel, settings: LinkageSettings): Model {
  const prior = splink.probability_two_random_records_match;
  const comparisons = settings.comparisons.map(({ field, kind }) => {
    const named = splink.comparisons.find((one) => one.output_column_name === field);
    const levels = (named?.comparison_levels ?? []).filter((level) => level.is_null_level !== true).toReversed();
    return {
      field,
      kind,
      own: false,
      levels: levels.map(({ label_for_charts, m_probability = 1, u_probability = 1 }) => ({
        label: label_for_charts,
        m: m_probability,
        u: u_probability,
        weight: Math.log2(m_probability / u_probability),
      })),
    };
  });
  return {
    kind: "kindred-linkage-model",
    version: 1,
    settings: { ...settings, fields: [...settings.fields] } as Model["settings"],
    recordCountBySource: {},
    iterations: 0,
    rules: settings.rules.map(({ name }) => ({
      rule: name,
      pairs: 0,
      sampledPairs: 0,
      prior,
      priorWeight: Math.log2(prior / (1 - prior)),
      comparisons,
    })),
  };
}
