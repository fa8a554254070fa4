import type { Graph } from "../graph.ts";
import { maxReasons } from "../limits.ts";
import type { Reason } from "../views.ts";
import { type SharedNeighbour, sharedNeighbours } from "./shared-neighbours.ts";
import { summary } from "./summary.ts";

/** Why `place` goes with those of `origins`: what it shares with them, the weightiest first. */
export function reasonsFor(graph: Graph, origins: readonly number[], place: number): Reason[] {
  const found = new Map<string, { shared: SharedNeighbour; weight: number; origins: number[] }>();
  for (const origin of origins) {
    for (const shared of sharedNeighbours(graph, origin, place)) {
      const key = `${shared.relation} ${shared.place}`;
      const known = found.get(key);
      if (!known) found.set(key, { shared, weight: shared.weight, origins: [origin] });
      else if (!known.origins.includes(origin)) {
        known.weight += shared.weight;
        known.origins.push(origin);
      }
    }
  }
  const all = [...found.values()].sort((a, b) => b.weight - a.weight);
  const total = all.reduce((sum, item) => sum + item.weight, 0);
  return all.slice(0, maxReasons).map(({ shared, weight, origins: liked }) => {
    const relation = graph.codes.relation(shared.relation);
    const isDirect = shared.place === place;
    const entity = summary(graph, isDirect ? (liked[0] as number) : shared.place);
    return {
      entity,
      relation: relation.name,
      text: `${relation.label}: ${entity.label}`,
      share: Number((weight / total).toFixed(4)),
      ...(origins.length > 1 ? { liked: liked.map((origin) => summary(graph, origin)) } : {}),
    };
  });
}
