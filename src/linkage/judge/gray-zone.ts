import { columnOf, type Table, textAt } from "../../columns/index.ts";
import { probabilityOf } from "../classify/index.ts";
import { type RecordPair, recordKey } from "../evaluate/index.ts";
import type { LinkageSettings } from "../settings.ts";

/** A pair that a judge may be asked about. */
export interface GrayPair extends RecordPair {
  readonly probability: number;
  /** The loss that knowing the truth would spare, where a false match costs `threshold` and a missed one the rest of 1. */
  readonly value: number;
}

/** Probabilities below this, and above its complement, are settled. */
const probabilityMin = 0.01;

/**
 * The pairs that a judge may be asked about, the one that is worth most first: the expected value of perfect information of
 * H. Raiffa, R. Schlaifer, "Applied Statistical Decision Theory", 1961. Pairs of one value come in the order of their records' names, so
 * that every run asks in one order.
 * @param pairs scored pairs whose weights are settled
 */
export function grayZone(pairs: Table, { threshold }: Pick<LinkageSettings, "threshold">): GrayPair[] {
  const weight = columnOf(pairs, "weight", "number").values;
  const side = (name: "left" | "right"): ((row: number) => RecordPair["left"]) => {
    const [source, id] = [columnOf(pairs, `${name}_source`, "text"), columnOf(pairs, `${name}_id`, "text")];
    return (row) => ({ source: textAt(source, row) as string, id: textAt(id, row) as string });
  };
  const [leftOf, rightOf] = [side("left"), side("right")];
  const found: (GrayPair & { key: string })[] = [];
  weight.forEach((one, row) => {
    const probability = probabilityOf(one);
    if (probability < probabilityMin || probability > 1 - probabilityMin) return;
    const [left, right] = [leftOf(row), rightOf(row)];
    const value = probability >= threshold ? (1 - probability) * threshold : probability * (1 - threshold);
    found.push({ left, right, probability, value, key: `${recordKey(left)}\u0001${recordKey(right)}` });
  });
  found.sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
  return found.map(({ key: _key, ...pair }) => pair);
}
