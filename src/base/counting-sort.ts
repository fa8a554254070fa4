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
export function wholeNumbers(count: number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

const digitBits = 16;

/**
 * The order of whole numbers from 0 to 2^53 - 1, ascending, equal ones as they stand: their places, sorted digit by digit
 * (H. Hollerith's radix sort, as in D. E. Knuth, "The Art of Computer Programming", volume 3, section 5.2.5).
 */
export function orderOfNumbers(numbers: Float64Array): Int32Array {
  const low = new Uint32Array(numbers.length);
  const high = new Uint32Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number;
    high[i] = number / 2 ** 32;
    low[i] = number - (high[i] as number) * 2 ** 32;
  }
  let order = wholeNumbers(numbers.length);
  for (const words of [low, high]) for (const shift of [0, digitBits]) order = sortByDigit(order, words, shift);
  return order;
}

/** Whole numbers from 0 to 2^53 - 1, ascending. */
export function sortedNumbers(numbers: Float64Array): Float64Array {
  const order = orderOfNumbers(numbers);
  const sorted = new Float64Array(numbers.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = numbers[order[i] as number] as number;
  return sorted;
}

function sortByDigit(items: Int32Array<ArrayBuffer>, words: Uint32Array, shift: number): Int32Array<ArrayBuffer> {
  const mask = 2 ** digitBits - 1;
  const next = new Int32Array(mask + 2);
  for (let i = 0; i < words.length; i++) {
    const digit = ((words[i] as number) >>> shift) & mask;
    next[digit + 1] = (next[digit + 1] as number) + 1;
  }
  // One digit for all: nothing to sort by.
  if (words.length === 0 || next[(((words[0] as number) >>> shift) & mask) + 1] === words.length) return items;
  for (let digit = 0; digit < mask; digit++) next[digit + 1] = (next[digit + 1] as number) + (next[digit] as number);
  const sorted = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as number;
    const digit = ((words[item] as number) >>> shift) & mask;
    const to = next[digit] as number;
    sorted[to] = item;
    next[digit] = to + 1;
  }
  return sorted;
}
