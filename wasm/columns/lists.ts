import { at32, set32 } from "../words";

/**
 * Copies the members of lists, those that a list has already and empty texts left out, as src/records/ingest/distinct-numbers.ts
 * does. `seen` is a word of nought for each text. Gives how many members are left.
 */
export function distinctMembers(
  offsets: usize,
  rowCount: i32,
  members: usize,
  textOffsets: usize,
  seen: usize,
  outOffsets: usize,
  out: usize,
): i32 {
  let end: i32 = 0;
  let at = load<i32>(offsets);
  for (let row = 0; row < rowCount; row++) {
    set32(outOffsets, row, end);
    for (const to = load<i32>(offsets + ((<usize>row) << 2), 4); at < to; at++) {
      const member = at32(members, at);
      if (member < 0) continue;
      const mark = seen + ((<usize>member) << 2);
      const length = textOffsets + ((<usize>member) << 2);
      if (load<i32>(mark) > row || load<i32>(length) === load<i32>(length, 4)) continue;
      store<i32>(mark, row + 1);
      set32(out, end, member);
      end++;
    }
  }
  set32(outOffsets, rowCount, end);
  return end;
}
