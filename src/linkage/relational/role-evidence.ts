import { unpackPattern } from "../classify/index.ts";
import { comparisonOf, nullLevel } from "../compare/index.ts";
import type { OpenClustering } from "../cluster/index.ts";

/** What the comparison of a role said of a pair of works. */
export interface RoleEvidence {
  /** Whether it found the names to have something in common, so that it counted them already. */
  readonly agrees: boolean;
  /** What it added to the weight. */
  readonly weight: number;
}

const notCompared: RoleEvidence = { agrees: false, weight: 0 };

/** Reads, for a row of kept pairs of works, what the comparison of a role said. */
export function roleEvidence({ model, pairs }: OpenClustering): (row: number, role: string) => RoleEvidence {
  const { comparisons } = model.settings;
  const rules = pairs.rule;
  const placeByRole = new Map(comparisons.map(({ field }, place) => [field, place]));
  const agreesFrom = comparisons.map((one) => comparisonOf(one).agreesFrom);
  return (row, role) => {
    const place = placeByRole.get(role);
    if (place === undefined) return notCompared;
    const level = unpackPattern(pairs.pattern[row] as number, comparisons.length)[place] as number;
    if (level === nullLevel) return notCompared;
    const weight = model.rules[rules[row] as number]?.comparisons[place]?.levels[level - 1]?.weight ?? 0;
    return { agrees: level >= (agreesFrom[place] as number), weight };
  };
}
