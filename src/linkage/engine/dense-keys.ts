import { orderOfNumbers } from "../../base/index.ts";
import { GrowingFloat64 } from "../../columns/index.ts";

/** The keys that make pairs, ascending, and for each place its key's number among them, or -1. */
export interface DenseKeys {
  readonly keys: Float64Array;
  readonly numbers: Int32Array;
}

/**
 * Numbers those block keys, in their order, that several records have, and where `sourceOf` is given records of several
 * sources. A record's keys, which are distinct, stand from `starts[record]` up to `starts[record + 1]`.
 */
export function denseKeys(all: Float64Array, starts: Int32Array, sourceOf: Uint8Array | null): DenseKeys {
  const order = orderOfNumbers(all);
  const sources = sourceOf === null ? null : sourceOfPlaces(starts, sourceOf);
  const keys = new GrowingFloat64();
  const numbers = new Int32Array(all.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const first = order[from] as number;
    const key = all[first] as number;
    let isPaired = false;
    for (to = from + 1; to < order.length && all[order[to] as number] === key; to++)
      isPaired ||= sources === null || sources[order[to] as number] !== sources[first];
    const number = isPaired ? keys.length : -1;
    if (isPaired) keys.push(key);
    for (let i = from; i < to; i++) numbers[order[i] as number] = number;
  }
  return { keys: keys.toArray(), numbers };
}

function sourceOfPlaces(starts: Int32Array, sourceOf: Uint8Array): Uint8Array {
  const sources = new Uint8Array(starts[starts.length - 1] ?? 0);
  for (let record = 0; record + 1 < starts.length; record++)
    sources.fill(sourceOf[record] as number, starts[record], starts[record + 1]);
  return sources;
}
