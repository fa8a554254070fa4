import { levelsMax } from "../compare/index.ts";
import type { Model, RuleModel } from "./model.ts";

/** What it adds to a pair's weight (log2 of odds) that nothing competes for either of its records. */
export type UnrivalledWeight = (rule: number, pattern: number, leftSource: number, rightSource: number) => number;

/** The weights of a model; 0 where its sources may hold duplicates, or it does not know. Sources by their place in the settings. */
export function unrivalledWeights({ rules, settings }: Model): UnrivalledWeight {
  const { sources, comparisons } = settings;
  const tables = rules.map(({ unclaimed = [] }) => {
    const place = comparisons.findIndex(({ field }) => field === unclaimed[0]?.field);
    const weights = new Float64Array(sources.length * sources.length * levelsMax);
    for (const { source, other, shares } of unclaimed) {
      const [from, to] = [sources.indexOf(source), sources.indexOf(other)];
      for (const way of [from * sources.length + to, to * sources.length + from]) {
        shares.forEach((share, level) => {
          const at = way * levelsMax + level;
          weights[at] = (weights[at] as number) - Math.log2(share);
        });
      }
    }
    return { divisor: place < 0 ? Number.POSITIVE_INFINITY : levelsMax ** place, weights };
  });
  return (rule, pattern, left, right) => {
    const { divisor, weights } = tables[rule] as (typeof tables)[number];
    const level = Math.floor(pattern / divisor) % levelsMax;
    return weights[(left * sources.length + right) * levelsMax + level] as number;
  };
}

/** The most that {@link unrivalledWeights} adds to a pair of the rule. */
export function unrivalledMax({ unclaimed = [] }: RuleModel): number {
  const most = new Map<string, number>();
  for (const { source, other, shares } of unclaimed) {
    const way = [source, other].sort().join("\u0000");
    most.set(way, (most.get(way) ?? 0) - Math.log2(Math.min(...shares)));
  }
  return Math.max(0, ...most.values());
}
