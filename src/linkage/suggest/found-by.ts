import { columnOf, type Table, textAt } from "../../columns/index.ts";
import { blockKeys, ruleOfKey, searchedSources, TopKSearch, topKRules } from "../blocking/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { SampledSource } from "./sampled-sources.ts";

/** For each scored pair at or above a weight of 0: bit `r` says that rule `r` makes it, whether or not an earlier one does. */
export function rulesOfMatches(
  scored: readonly Table[],
  sources: readonly SampledSource[],
  settings: LinkageSettings,
): number[] {
  const keysOf = sources.map(({ batch }) => {
    const { ends, keys } = blockKeys(batch, settings);
    return (row: number): Float64Array => keys.subarray(row === 0 ? 0 : ends[row - 1], ends[row]);
  });
  const alike = topKFinds(sources, settings);
  const placeOf = new Map(sources.map(({ source }, at) => [source, at]));
  return scored.flatMap((table) => {
    const sideOf = (side: "left" | "right"): ((i: number) => readonly [number, number]) => {
      const source = columnOf(table, `${side}_source`, "text");
      const row = columnOf(table, `${side}_row`, "number").values;
      return (i) => [placeOf.get(textAt(source, i) ?? "") ?? 0, row[i] as number];
    };
    const [leftOf, rightOf] = [sideOf("left"), sideOf("right")];
    const weight = columnOf(table, "weight", "number").values;
    const matches = Array.from(weight.keys()).filter((i) => (weight[i] as number) >= 0);
    return matches.map((i) => {
      const [left, right] = [leftOf(i), rightOf(i)];
      const rights = new Set(keysOf[right[0]]?.(right[1]));
      const shared = (keysOf[left[0]]?.(left[1]) ?? new Float64Array(0)).filter((key) => rights.has(key));
      return shared.reduce((mask, key) => mask | (1 << ruleOfKey(key)), alike.get(pairName(left, right)) ?? 0);
    });
  });
}

function pairName(left: readonly [number, number], right: readonly [number, number]): string {
  return `${left} ${right}`;
}

/** The pairs that rules with `topK` find in the samples, each with the bits of the rules. */
function topKFinds(sources: readonly SampledSource[], settings: LinkageSettings): Map<string, number> {
  const rulesByPair = new Map<string, number>();
  for (const { rule, topK } of topKRules(settings)) {
    for (const [at, left] of sources.entries()) {
      for (const name of searchedSources(settings, left.source)) {
        const other = sources.findIndex(({ source }) => source === name);
        const right = sources[other];
        if (right === undefined) continue;
        const search = new TopKSearch([left.batch], topK, other === at);
        search.count(right.batch);
        search.search(right.batch);
        const best = search.finish();
        for (let row = 0; row < left.batch.table.rowCount; row++) {
          for (const found of best.of(row)) {
            const pair = pairName([at, row], [other, found]);
            rulesByPair.set(pair, (rulesByPair.get(pair) ?? 0) | (1 << rule));
          }
        }
      }
    }
  }
  return rulesByPair;
}
