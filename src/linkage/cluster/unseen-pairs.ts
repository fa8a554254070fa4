import type { JoinedPairs } from "./cluster.ts";

/** Entities of more records are not looked through: their pairs are too many to be weighed one by one. */
const membersMax = 64;
/** Pairs that are weighed at most. */
const pairsMax = 1_000;

/**
 * The pairs of records that were joined through others and are not among the kept pairs themselves: no rule made them, or
 * they were too unlikely to be kept. At most 1,000, by record.
 */
export function unseenPairs({ pairs, group }: JoinedPairs): [left: number, right: number][] {
  const size = new Int32Array(group.length);
  for (const root of group) size[root] = (size[root] as number) + 1;
  const kept = new Int32Array(group.length);
  const rootOf = (i: number): number => {
    const root = group[pairs.left[i] as number] as number;
    return root === group[pairs.right[i] as number] && (size[root] as number) >= 3 ? root : -1;
  };
  for (const i of pairs.order) {
    const root = rootOf(i);
    if (root !== -1) kept[root] = (kept[root] as number) + 1;
  }
  const lacks = (root: number): boolean => {
    const count = size[root] as number;
    return count >= 3 && count <= membersMax && (kept[root] as number) < (count * (count - 1)) / 2;
  };
  const members = new Map<number, number[]>();
  group.forEach((root, record) => {
    if (lacks(root)) members.set(root, [...(members.get(root) ?? []), record]);
  });
  if (members.size === 0) return [];
  const seen = new Set<number>();
  for (const i of pairs.order)
    if (members.has(rootOf(i))) seen.add((pairs.left[i] as number) * group.length + (pairs.right[i] as number));
  const found: [number, number][] = [];
  for (const records of members.values()) {
    records.forEach((left, at) => {
      for (const right of records.slice(at + 1))
        if (found.length < pairsMax && !seen.has(left * group.length + right)) found.push([left, right]);
    });
  }
  return found;
}
