import { type Column, findColumn, type Table, type Value, valueAt } from "../../columns/index.ts";
import { blockKeys, keyChanger, ruleOfKey } from "../blocking/index.ts";
import { type Frozen, type Model, probabilityOf, type RuleModel } from "../classify/index.ts";
import { columnsByName, comparisonOf, nullLevel, prepareComparers } from "../compare/index.ts";
import type { ComparisonSettings } from "../settings.ts";

/** Whether a comparison speaks for a match, against it, for neither, or has nothing to compare. */
export type Tendency = "agrees" | "differs" | "open" | "missing";

/** What one comparison adds to the weight of a pair. */
export interface EvidenceStep {
  readonly field: string;
  /** The kind of comparison, such as `title`. */
  readonly kind: string;
  readonly left: Value;
  readonly right: Value;
  /** The level in words, such as "equal, and no other record of a source has it". */
  readonly level: string;
  readonly tendency: Tendency;
  /** log2 of m / u at that level; 0 where a value is missing. */
  readonly weight: number;
}

/** What was added to the weight of a pair when all pairs were known; log2 of odds. */
export interface BeyondStep {
  readonly name: "related" | "verdict" | "competition" | "guard" | "calibration" | "trusted";
  /** In words, such as "nothing surer competes for either record". */
  readonly detail: string;
  readonly weight: number;
}

/** How the weight of a pair comes about: prior, one step a comparison, and their sum. */
export interface Explanation {
  /** The blocking rule that makes the pair; null when none does by its keys, so that a run scores it only if found by `topK`. */
  readonly rule: string | null;
  /** log2 odds of a match among the pairs of the rule. */
  readonly priorWeight: number;
  readonly steps: readonly EvidenceStep[];
  /** What the values of the two records do not tell, such as their rivals. */
  readonly beyond: readonly BeyondStep[];
  /** log2 of the posterior odds: the prior and all steps added up, those beyond the values last. */
  readonly weight: number;
  readonly probability: number;
}

/**
 * Explains the weight of one pair, by the same comparisons and the same model as the run.
 * @param pair a table of two records, left and right, with the fields of the settings
 * @param settled what was found when all pairs were known, which two records alone do not tell: also the rule that made the
 * pair, which matters where a rule with `topK` did
 */
export function explainPair(
  pair: Table,
  model: Model,
  frozen: Frozen,
  settled: Partial<Readonly<Record<BeyondStep["name"] | "rule", number>>> & { readonly verdictBy?: string } = {},
): Explanation {
  const { settings } = model;
  const recordCount = Object.values(frozen.facts.recordCountBySource).reduce((sum, count) => sum + count, 0);
  const comparers = prepareComparers(columnsByName(pair), settings.comparisons, frozen.frequencies, recordCount);
  const made = settled.rule ?? -1;
  const found = settings.rules[made]?.topK === undefined ? undefined : model.rules[made];
  const rule = firstRule(pair, model, frozen) ?? found;
  // A pair that no rule makes is weighed as one of the rule that trusts its pairs least.
  const ruleModel = rule ?? model.rules.toSorted((a, b) => a.priorWeight - b.priorWeight)[0];
  const steps = settings.comparisons.map((comparison, index): EvidenceStep => {
    const { field, kind } = comparison;
    const level = (comparers[index] as (left: number, right: number) => number)(0, 1);
    const shown = shownValue(findColumn(pair, field), comparison);
    return {
      field,
      kind,
      left: shown(0),
      right: shown(1),
      ...judged(comparison, level, ruleModel?.comparisons[index]),
    };
  });
  const priorWeight = ruleModel?.priorWeight ?? Number.NEGATIVE_INFINITY;
  const own = steps.reduce((sum, step) => sum + step.weight, priorWeight);
  const beyond = beyondSteps(own, settled);
  const weight = beyond.reduce((sum, step) => sum + step.weight, own);
  return { rule: rule?.rule ?? null, priorWeight, steps, beyond, weight, probability: probabilityOf(weight) };
}

function beyondSteps(own: number, settled: Parameters<typeof explainPair>[3] & object): BeyondStep[] {
  const { related = 0, verdict = 0, verdictBy = "", competition = 0, guard = 0 } = settled;
  const { calibration = 0, trusted = 0 } = settled;
  const rivals = rivalsInWords(competition, own + related + verdict);
  const steps: BeyondStep[] = [
    { name: "related", detail: "people or works that both are related to are matches", weight: related },
    { name: "verdict", detail: `judged by ${verdictBy}`, weight: verdict },
    { name: "competition", detail: rivals, weight: competition },
    { name: "guard", detail: "too little agrees to say more than even odds", weight: guard },
    { name: "calibration", detail: "what labelled pairs taught of such weights", weight: calibration },
    { name: "trusted", detail: "the same trusted identifier", weight: trusted },
  ];
  return steps.filter((step) => step.weight !== 0);
}

/** Rivals take away about their own weight: a bit more than the pair's, and they are twice as likely. */
function rivalsInWords(competition: number, weight: number): string {
  if (competition > 0) return "nothing surer competes for either record";
  const rival = -competition > weight + 1 ? "surer" : "about as likely";
  return `another candidate of one of the records is ${rival}`;
}

function shownValue(column: Column | undefined, comparison: ComparisonSettings): (row: number) => Value {
  const { show } = comparisonOf(comparison);
  return (row) => {
    const value = column === undefined ? null : valueAt(column, row);
    return typeof value === "string" && show !== undefined ? show(value) : value;
  };
}

function firstRule(pair: Table, model: Model, frozen: Frozen): RuleModel | undefined {
  const { settings } = model;
  const { ends, keys } = blockKeys(
    { source: "", entityType: settings.entityType, firstRow: 0, fields: settings.fields, table: pair },
    settings,
  );
  const change = keyChanger(pair, frozen.facts, 1) ?? ((_, own) => own);
  const right = new Set(change(1, keys.subarray(ends[0])));
  const shared = change(0, keys.subarray(0, ends[0])).find((key) => right.has(key));
  return shared === undefined ? undefined : model.rules[ruleOfKey(shared)];
}

function judged(
  comparison: ComparisonSettings,
  level: number,
  trained: RuleModel["comparisons"][number] | undefined,
): Pick<EvidenceStep, "level" | "tendency" | "weight"> {
  if (level === nullLevel) return { level: "no value on one side", tendency: "missing", weight: 0 };
  const { levels, agreesFrom, disagreesUpTo } = comparisonOf(comparison);
  const tendency = level >= agreesFrom ? "agrees" : level <= disagreesUpTo ? "differs" : "open";
  return { level: levels[level - 1]?.label ?? "", tendency, weight: trained?.levels[level - 1]?.weight ?? 0 };
}
