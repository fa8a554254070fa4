import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairKey } from "../evaluate/index.ts";
import { type GrayPair, judgeGrayZone, knownVerdicts, type PairJudge, type Verdict, verdictWeight } from "./index.ts";

const pairs: GrayPair[] = Array.from({ length: 12 }, (_, i) => ({
  left: { source: "a", id: `${i}` },
  right: { source: "b", id: `${i}` },
  probability: 0.5,
  value: 0.25 - i / 100,
}));

const verdictOn = ({ left, right }: GrayPair): Verdict => ({
  left,
  right,
  probability: Number(left.id) % 2 === 0 ? 0.9 : 0.1,
  judge: "a tool",
});

/** A judge that has a verdict on two of three pairs, and a price for each. */
const tool: PairJudge = {
  cost: ({ left }) => 1 + (Number(left.id) % 3),
  judge: async (pair) => (Number(pair.left.id) % 3 === 2 ? null : verdictOn(pair)),
};

const unlimited = { pairsMax: Number.POSITIVE_INFINITY, costMax: Number.POSITIVE_INFINITY };

describe("judging the gray zone", () => {
  test("never spends more than its budget of pairs and cost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(14), fc.nat(30), async (pairsMax, costMax) => {
        const { asked, cost, stoppedBy } = await judgeGrayZone(pairs, tool, { pairsMax, costMax });
        expect(asked).toBeLessThanOrEqual(pairsMax);
        expect(cost).toBeLessThanOrEqual(costMax);
        if (asked < pairs.length) expect(stoppedBy).not.toBe("all judged");
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  test("goes on where a stopped run ended, and comes to the same verdicts", async () => {
    const whole = await judgeGrayZone(pairs, tool, unlimited);
    const kept: Verdict[] = [];
    for (let run = 0; run < pairs.length; run++)
      await judgeGrayZone(pairs, tool, { pairsMax: run, costMax: 9 }, kept, (verdict) => void kept.push(verdict));
    const { verdicts } = await judgeGrayZone(pairs, tool, unlimited, kept);
    expect(new Set(verdicts.map(pairKey))).toEqual(new Set(whole.verdicts.map(pairKey)));
    expect(verdicts).toHaveLength(whole.verdicts.length);
  });

  test("by verdicts that are known costs nothing, in whatever order a pair names its records", async () => {
    const [first] = pairs as [GrayPair];
    const turned = { ...verdictOn(first), left: first.right, right: first.left };
    const { verdicts, cost } = await judgeGrayZone(pairs, knownVerdicts([turned]), unlimited);
    expect(verdicts).toEqual([turned]);
    expect(cost).toBe(0);
  });

  test("a verdict is evidence, however sure its judge is", () => {
    const [first] = pairs as [GrayPair];
    const weightOf = (probability: number): number => verdictWeight({ ...verdictOn(first), probability });
    expect([weightOf(0), weightOf(0.5), weightOf(1)]).toEqual([-7, 0, 7]);
    expect(weightOf(0.8)).toBeCloseTo(2, 12);
  });
});
