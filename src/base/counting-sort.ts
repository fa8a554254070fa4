/** Sorts items by small whole numbers, those of one number staying in their order; `keyOf[item]` is from 0 to `keyCount` - 1. */
export function sortByNumber(items: Int32Array, keyOf: Int32Array, keyCount: number): Int32Array {
  const next = new Int32Array(keyCount + 1);
  for (let i = 0; i < items.length; i++) {
    const key = keyOf[items[i] as number] as number;
    next[key + 1] = (next[key + 1] as number) + 1;
  }
  for (let key = 0; key < keyCount; key++) next[key + 1] = (next[key + 1] as number) + (next[key] as number);
  const sorted = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as number;
    const key = keyOf[item] as number;
    const to = next[key] as number;
    sorted[to] = item;
    next[key] = to + 1;
  }
  return sorted;
}

/** The whole numbers from 0 to `count` - 1. */
export function wholeNumbers(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}
