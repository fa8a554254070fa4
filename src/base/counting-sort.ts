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

/** Three digits of each word; the highest is the same for all whole numbers. */
const digitBits = 11;
const digits = (["low", "high"] as const).flatMap((word) =>
  [0, digitBits, 2 * digitBits].map((shift) => [word, shift] as const),
);

/** Whole numbers by their two words, and their places before they were sorted. */
interface Words {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly place: Int32Array;
}

/**
 * The order of whole numbers from 0 to 2^53 - 1, ascending, equal ones as they stand: their places, sorted digit by digit
 * (H. Hollerith's radix sort, as in D. E. Knuth, "The Art of Computer Programming", volume 3, section 5.2.5).
 */
export function orderOfNumbers(numbers: Float64Array): Int32Array {
  return sortedWords(wordsOf(numbers)).place;
}

/** The order of any numbers but NaN, descending, equal ones as they stand: their places. */
export function descendingOrder(numbers: Float64Array): Int32Array {
  const words = emptyWords(numbers.length);
  const bits = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < numbers.length; i++) {
    // Both zeros become one. The bits of negative numbers ascend as these descend; those of the others are turned around.
    bits.setFloat64(0, (numbers[i] as number) + 0);
    const high = bits.getInt32(0);
    words.high[i] = high < 0 ? high : high ^ 0x7fffffff;
    words.low[i] = high < 0 ? bits.getUint32(4) : ~bits.getUint32(4);
    words.place[i] = i;
  }
  return sortedWords(words).place;
}

/** Whole numbers from 0 to 2^53 - 1, ascending. */
export function sortedNumbers(numbers: Float64Array): Float64Array {
  const { low, high } = sortedWords(wordsOf(numbers));
  const sorted = new Float64Array(numbers.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = (high[i] as number) * 2 ** 32 + (low[i] as number);
  return sorted;
}

function wordsOf(numbers: Float64Array): Words {
  const words = emptyWords(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number;
    const high = Math.floor(number / 2 ** 32);
    words.high[i] = high;
    words.low[i] = number - high * 2 ** 32;
    words.place[i] = i;
  }
  return words;
}

function sortedWords(given: Words): Words {
  let words = given;
  let spare = emptyWords(given.place.length);
  for (const [word, shift] of digits)
    if (sortByDigit(words, words[word], shift, spare)) [words, spare] = [spare, words];
  return words;
}

function emptyWords(length: number): Words {
  return { low: new Uint32Array(length), high: new Uint32Array(length), place: new Int32Array(length) };
}

/** The words travel with their places, for looking each up where it lies would miss the cache; false where all have one digit. */
function sortByDigit({ low, high, place }: Words, word: Uint32Array, shift: number, sorted: Words): boolean {
  const mask = 2 ** digitBits - 1;
  const next = new Int32Array(mask + 2);
  for (let i = 0; i < word.length; i++) {
    const digit = ((word[i] as number) >>> shift) & mask;
    next[digit + 1] = (next[digit + 1] as number) + 1;
  }
  if (word.length === 0 || next[(((word[0] as number) >>> shift) & mask) + 1] === word.length) return false;
  for (let digit = 0; digit < mask; digit++) next[digit + 1] = (next[digit + 1] as number) + (next[digit] as number);
  for (let i = 0; i < word.length; i++) {
    const digit = ((word[i] as number) >>> shift) & mask;
    const to = next[digit] as number;
    next[digit] = to + 1;
    sorted.low[to] = low[i] as number;
    sorted.high[to] = high[i] as number;
    sorted.place[to] = place[i] as number;
  }
  return true;
}
