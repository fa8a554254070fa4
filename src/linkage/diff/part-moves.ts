import type { WeightPart } from "./weight-parts.ts";

/** One part of a weight in both linkages. */
export interface PartMove {
  readonly name: string;
  readonly before: WeightPart | null;
  readonly after: WeightPart | null;
  /** How much the part added to the change of the weight; a part that one linkage does not have counts as 0 there. */
  readonly moved: number;
}

/** The parts of two weights side by side, in the order of the linkage before, then what only the other has. */
export function partMoves(before: readonly WeightPart[], after: readonly WeightPart[]): PartMove[] {
  const names = new Set([...before, ...after].map(({ name }) => name));
  return [...names].map((name) => {
    const [was, is] = [before.find((part) => part.name === name), after.find((part) => part.name === name)];
    return { name, before: was ?? null, after: is ?? null, moved: (is?.weight ?? 0) - (was?.weight ?? 0) };
  });
}

/** The moves that point where the weight went, the largest first. */
export function largestMoves(moves: readonly PartMove[], direction: "up" | "down"): PartMove[] {
  const sign = direction === "up" ? 1 : -1;
  return moves.filter(({ moved }) => moved * sign > 0).sort((a, b) => b.moved * sign - a.moved * sign);
}
