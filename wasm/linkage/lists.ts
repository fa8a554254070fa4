import { at32, set32 } from "../words";

// The lists of src/linkage/engine/list-table.ts, which says what each part is for.

/** Insertion sort; of long lists first over gaps (D. L. Shell, with M. Ciura's gaps and 1,750). */
function sortAscending(numbers: usize, from: i32, to: i32): void {
  const length = to - from;
  if (length > 32) {
    insertionSort(numbers, from, to, 1750);
    insertionSort(numbers, from, to, 701);
    insertionSort(numbers, from, to, 301);
    insertionSort(numbers, from, to, 132);
    insertionSort(numbers, from, to, 57);
    insertionSort(numbers, from, to, 23);
    insertionSort(numbers, from, to, 10);
    insertionSort(numbers, from, to, 4);
  }
  insertionSort(numbers, from, to, 1);
}

function insertionSort(numbers: usize, from: i32, to: i32, gap: i32): void {
  for (let i = from + gap; i < to; i++) {
    const number = at32(numbers, i);
    let at = i;
    for (; at >= from + gap; at -= gap) {
      const before = at32(numbers, at - gap);
      if (before <= number) break;
      set32(numbers, at, before);
    }
    set32(numbers, at, number);
  }
}

/**
 * Writes the lists of a column behind those of the columns before it, of which `before` records have `already` members:
 * `values` from `offsets[r]` on under their numbers, ascending and distinct. Gives how many members there are then.
 */
export function writeLists(
  offsets: usize,
  values: usize,
  count: i32,
  numbers: usize,
  membersMax: i32,
  before: i32,
  already: i32,
  starts: usize,
  members: usize,
  signatures: usize,
): i32 {
  let to = already;
  for (let r = 0; r < count; r++) {
    const from = at32(offsets, r);
    const length = min(at32(offsets, r + 1) - from, membersMax);
    for (let i = 0; i < length; i++) set32(members, to + i, at32(numbers, at32(values, from + i)));
    sortAscending(members, to, to + length);
    const start = to;
    const signature = signatures + ((<usize>(before + r)) << 4);
    for (let at = start; at < start + length; at++) {
      const member = at32(members, at);
      if (to > start && at32(members, to - 1) === member) continue;
      set32(members, to++, member);
      const bit = <i32>(<u32>(member * <i32>0x9e3779b1) >> 25);
      const word = signature + ((<usize>(bit >> 5)) << 2);
      store<i32>(word, load<i32>(word) | (1 << (bit & 31)));
    }
    set32(starts, before + r + 1, to);
  }
  return to;
}
