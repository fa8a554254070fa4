import { type Model, unpackPattern } from "../classify/index.ts";
import { nullLevel } from "../compare/index.ts";

/** The name of the part that the blocking rule's prior adds. */
export const priorPart = "prior";

/** What is added to a weight when all pairs are known, by its name in explanations. */
export const beyondParts = ["related", "competition", "guard", "calibration", "trusted"] as const;

/** What of a weight nothing else accounts for. */
export const restPart = "others";

/** One part of a pair's weight: the parts add up to it. */
export interface WeightPart {
  /** `prior`, a field (with the kind of comparison where a field is compared twice), or what is left. */
  readonly name: string;
  /** The level in words; the rule's name for the prior; null where a value is missing. */
  readonly level: string | null;
  readonly weight: number;
}

/** A rest as small as this is the noise of adding. */
const noise = 1e-6;

/** The parts of the weight of a kept pair, from its rule and its comparison pattern alone: no record is read again. */
export function weightParts(
  model: Model,
  pair: {
    readonly rule: number;
    readonly pattern: number;
    readonly weight: number;
    readonly beyond?: Readonly<Partial<Record<(typeof beyondParts)[number], number>>>;
  },
): WeightPart[] {
  const rule = model.rules[pair.rule];
  if (rule === undefined) return [{ name: restPart, level: null, weight: pair.weight }];
  const levels = unpackPattern(pair.pattern, rule.comparisons.length);
  const parts: WeightPart[] = rule.comparisons.map((comparison, c) => {
    const level = levels[c] as number;
    const found = level === nullLevel ? undefined : comparison.levels[level - 1];
    const isTwice = rule.comparisons.filter(({ field }) => field === comparison.field).length > 1;
    return {
      name: isTwice ? `${comparison.field} (${comparison.kind})` : comparison.field,
      level: found?.label ?? null,
      weight: found?.weight ?? 0,
    };
  });
  for (const name of beyondParts) {
    const weight = pair.beyond?.[name] ?? 0;
    if (weight !== 0) parts.push({ name, level: null, weight });
  }
  const known = parts.reduce((sum, part) => sum + part.weight, rule.priorWeight);
  const rest = pair.weight - known;
  return [
    { name: priorPart, level: rule.rule, weight: rule.priorWeight },
    ...parts,
    ...(Math.abs(rest) > noise ? [{ name: restPart, level: null, weight: rest }] : []),
  ];
}
