import { pairKey } from "../evaluate/index.ts";
import type { GrayPair } from "./gray-zone.ts";
import type { Verdict } from "./verdict.ts";

/** Somebody or something that judges pairs: people through a file, a tool, a language model. */
export interface PairJudge {
  /** What asking about a pair costs, in whatever the budget is in. */
  cost(pair: GrayPair): number;
  /** The verdict on a pair; null where the judge has none to give. The same pair always gets the same verdict. */
  judge(pair: GrayPair): Promise<Verdict | null>;
}

/** How much may be asked. */
export interface JudgeBudget {
  readonly pairsMax: number;
  readonly costMax: number;
}

/** What came of asking. */
export interface Judged {
  /** Those known before and those given now. */
  readonly verdicts: readonly Verdict[];
  readonly asked: number;
  readonly cost: number;
  /** What ended the asking. */
  readonly stoppedBy: "all judged" | "pairs" | "cost";
}

/**
 * Asks a judge about the gray zone, in its order, until all is judged or the budget is spent. Pairs with a known verdict are not
 * asked about again, so who keeps what `onVerdict` is given goes on where a stopped run ended.
 */
export async function judgeGrayZone(
  pairs: readonly GrayPair[],
  judge: PairJudge,
  budget: JudgeBudget,
  known: readonly Verdict[] = [],
  onVerdict: (verdict: Verdict) => Promise<void> | void = () => {},
): Promise<Judged> {
  const settled = new Set(known.map(pairKey));
  const verdicts = [...known];
  let [asked, cost] = [0, 0];
  const ended = (stoppedBy: Judged["stoppedBy"]): Judged => ({ verdicts, asked, cost, stoppedBy });
  for (const pair of pairs) {
    if (settled.has(pairKey(pair))) continue;
    if (asked >= budget.pairsMax) return ended("pairs");
    const price = judge.cost(pair);
    if (cost + price > budget.costMax) return ended("cost");
    const verdict = await judge.judge(pair);
    asked++;
    cost += price;
    if (verdict === null) continue;
    verdicts.push(verdict);
    await onVerdict(verdict);
  }
  return ended("all judged");
}
