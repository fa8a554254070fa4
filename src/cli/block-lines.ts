import { formatCount, formatShare } from "../base/index.ts";
import type { PlanResult } from "../pipelines/index.ts";

type Plan = PlanResult["types"][number]["plan"];
type Block = Plan["largestBlocks"][number];

/** Blocks that make less than this share of a type's pairs are not worth a line. */
const shownShareMin = 0.05;
const shownMax = 3;
/** Blocks that are split, or left out, are all in `--json`. */
const changedMax = 5;

/** What there is to say of shards and of large blocks, each with its key by example, in lines for a terminal. */
export function blockLines({ pairsByRule, pairsByShard, largestBlocks, splitBlocks, droppedBlocks }: Plan): string[] {
  const pairs = pairsByRule.reduce((sum, rule) => sum + rule.pairs, 0);
  const share = (part: number): string => formatShare(pairs === 0 ? 0 : part / pairs);
  const changed = new Set([...splitBlocks, ...droppedBlocks].map(({ key }) => key));
  const large = largestBlocks
    .slice(0, shownMax)
    .filter((block) => !changed.has(block.key) && block.pairs >= pairs * shownShareMin);
  const shard = Math.max(0, ...pairsByShard);
  return [
    ...(pairsByShard.length > 1
      ? [`${pairsByShard.length} shards; the largest makes ${formatCount(shard)} pairs (${share(shard)})`]
      : []),
    ...large.flatMap((block) => [
      `one blocking key makes ${share(block.pairs)} of the pairs (${formatCount(block.pairs)}):`,
      `  ${named(block)} of "${block.rule}"`,
      ...couldSplitLines(block),
    ]),
    ...splitBlocks
      .slice(0, changedMax)
      .flatMap((block) => [
        `too large, split by ${block.by.field} (${block.by.maker}): ${formatCount(block.pairs)} pairs, then about ${formatCount(block.pairsAfter)}`,
        `  ${named(block)} of "${block.rule}"`,
      ]),
    ...moreLines(splitBlocks.length, "are split"),
    ...droppedBlocks
      .slice(0, changedMax)
      .flatMap((block) => [
        `too large and nothing splits it, left out: ${formatCount(block.pairs)} pairs`,
        `  ${named(block)} of "${block.rule}"`,
      ]),
    ...moreLines(droppedBlocks.length, "are left out"),
  ];
}

function couldSplitLines({ couldSplit, pairs }: Block): string[] {
  if (couldSplit === undefined) return [];
  const { by, pairsAfter } = couldSplit;
  return [
    `  split by ${by.field} (${by.maker}) it would make about ${formatCount(pairsAfter)}:`,
    `  blockPairsMax below ${formatCount(pairs)} does that`,
  ];
}

function moreLines(count: number, what: string): string[] {
  return count > changedMax ? [`${formatCount(count - changedMax)} more blocks ${what}; --json names them all`] : [];
}

function named(block: Block): string {
  return block.example ?? `key ${block.key}`;
}
