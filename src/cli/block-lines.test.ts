import { expect, test } from "vitest";
import { blockLines } from "./block-lines.ts";

const example = 'directors ["Alan Smithee"], year 1999';
const block = { rule: "someone in directors shared, year within one", key: 12345, pairs: 6_000, example };
const plan = {
  pairsByRule: [
    { rule: "same title", pairs: 4_000 },
    { rule: block.rule, pairs: 6_000 },
  ],
  pairsByShard: [7_000, 3_000],
  largestBlocks: [{ ...block, couldSplit: { by: { field: "title", maker: "titleStart" as const }, pairsAfter: 150 } }],
  splitBlocks: [],
  droppedBlocks: [],
};

test("a key that makes most of the pairs is named by an example, with the split and how to ask for it", () => {
  expect(blockLines(plan)).toEqual([
    "2 shards; the largest makes 7,000 pairs (70.0 %)",
    "one blocking key makes 60.0 % of the pairs (6,000):",
    `  ${example} of "${block.rule}"`,
    "  split by title (titleStart) it would make about 150:",
    "  blockPairsMax below 6,000 does that",
  ]);
});

test("blocks that are split or left out are named once, a few of them, in lines that fit a terminal", () => {
  const split = { ...block, by: { field: "title", maker: "titleStart" as const }, pairsAfter: 150 };
  const changed = {
    ...plan,
    splitBlocks: Array.from({ length: 8 }, (_, i) => ({ ...split, key: i })),
    droppedBlocks: [block],
  };
  const lines = blockLines(changed);
  expect(lines.filter((line) => line.startsWith("too large, split by title"))).toHaveLength(5);
  expect(lines).toContain("3 more blocks are split; --json names them all");
  expect(lines.some((line) => line.startsWith("one blocking key"))).toBe(false);
  expect(lines).toContain("too large and nothing splits it, left out: 6,000 pairs");
  const own = lines.filter((line) => !line.includes(example));
  for (const line of own) expect(line.length).toBeLessThanOrEqual(78);
});

test("a plan without pairs, and one of a single shard, say nothing of them", () => {
  expect(blockLines({ ...plan, pairsByRule: [], pairsByShard: [0], largestBlocks: [] })).toEqual([]);
});
