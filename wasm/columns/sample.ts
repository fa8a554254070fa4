import { at32, set32 } from "../words";

// The texts of picked rows, as src/records/read/parquet-sample.ts takes them: each stands at a place of the memory, its length in the
// four bytes before it; a place below 0 is none. `starts` tells where the places of a row's list begin; 0 for one place a row.

function firstOf(starts: usize, row: i32): i32 {
  return starts === 0 ? row : at32(starts, row);
}

/** How many bytes the texts of picked rows have. */
export function countSampled(places: usize, starts: usize, picked: usize, count: i32): f64 {
  let bytes: i64 = 0;
  for (let i = 0; i < count; i++) {
    const row = at32(picked, i);
    for (let at = firstOf(starts, row); at < firstOf(starts, row + 1); at++) {
      const place = at32(places, at);
      if (place >= 0) bytes += <i64>load<u32>(<usize>(place - 4));
    }
  }
  return <f64>bytes;
}

/** Puts these texts end to end, and for each its number among them to `numbers`, at the place of its place; gives how many they are. */
export function takeSampled(
  places: usize,
  starts: usize,
  picked: usize,
  count: i32,
  texts: usize,
  offsets: usize,
  numbers: usize,
): i32 {
  let size: i32 = 0;
  let end: i32 = 0;
  store<i32>(offsets, 0);
  for (let i = 0; i < count; i++) {
    const row = at32(picked, i);
    for (let at = firstOf(starts, row); at < firstOf(starts, row + 1); at++) {
      const place = at32(places, at);
      if (place < 0) continue;
      const length = load<i32>(<usize>(place - 4));
      memory.copy(texts + <usize>end, <usize>place, <usize>length);
      end += length;
      set32(numbers, at, size);
      size++;
      set32(offsets, size, end);
    }
  }
  return size;
}
