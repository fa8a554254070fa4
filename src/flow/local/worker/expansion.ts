import { KindredError } from "../../../base/index.ts";
import type { StepCode } from "../../flow.ts";
import { flowLimits } from "../../limits.ts";

/** The items of a foreach and their keys, in the same order. */
export interface ItemList {
  readonly items: readonly unknown[];
  readonly keys: readonly string[];
}

/** Finds the items of a foreach. @throws config-invalid when they are no list or two keys are equal, limit-exceeded */
export function expand(step: StepCode, art: unknown, params: unknown): ItemList {
  const items = step.over?.(art as never, params as never) as readonly unknown[];
  if (!Array.isArray(items)) {
    throw new KindredError("config-invalid", {
      seen: `"over" returned ${typeof items}`,
      expected: "an array of items",
    });
  }
  if (items.length > flowLimits.foreachItems) {
    throw new KindredError("limit-exceeded", {
      seen: `${items.length} items`,
      expected: `at most ${flowLimits.foreachItems}`,
    });
  }
  const indexByKey = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const key = step.key?.(item as never, index);
    assertKey(key, index);
    const other = indexByKey.get(key);
    if (other !== undefined) throw duplicateKey(key, other, index);
    indexByKey.set(key, index);
  }
  return { items, keys: [...indexByKey.keys()] };
}

function assertKey(key: unknown, index: number): asserts key is string {
  if (typeof key === "string" && key.length > 0 && key.length <= flowLimits.keyLength) return;
  throw new KindredError("config-invalid", {
    seen: `item ${index} has the key ${JSON.stringify(key)}`,
    expected: `a text of 1 to ${flowLimits.keyLength} characters`,
  });
}

function duplicateKey(key: string, first: number, second: number): KindredError {
  return new KindredError("config-invalid", {
    seen: `items ${first} and ${second} have the same key "${key}"`,
    expected: "a key of its own for each item",
    hint: "The key names the task for logs and resume: build it from what tells the items apart",
  });
}
