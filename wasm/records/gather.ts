import { copyText } from "../bytes";
import {
  COLUMN_BYTES,
  COLUMN_COUNT,
  COLUMN_ENDS,
  COLUMN_GATHERED,
  COLUMN_TEXT_BYTES,
  COLUMN_TEXTS,
  COLUMNS,
  ENTRIES,
  ENTRY_BYTES,
  ENTRY_COUNT,
  ENTRY_LENGTH,
  ENTRY_OWNER,
  ENTRY_START,
  GATHERED,
  GATHERED_ENDS,
  OWNER_SHIFT,
} from "./layout";

/**
 * Puts the texts of each column together, in the order of their numbers, and writes where they end. Between columns lie sixteen
 * bytes, since copies go beyond the end of a text.
 */
export function gather(plan: usize): void {
  const columns = <usize>load<i32>(plan, COLUMNS);
  const columnsEnd = columns + <usize>load<i32>(plan, COLUMN_COUNT) * COLUMN_BYTES;
  let bytesAt = load<i32>(plan, GATHERED);
  let endsAt = load<i32>(plan, GATHERED_ENDS);
  for (let column = columns; column < columnsEnd; column += COLUMN_BYTES) {
    store<i32>(column, bytesAt, COLUMN_GATHERED);
    store<i32>(column, endsAt, COLUMN_ENDS);
    store<i32>(<usize>endsAt, 0);
    bytesAt += load<i32>(column, COLUMN_TEXT_BYTES) + 16;
    endsAt += (load<i32>(column, COLUMN_TEXTS) + 1) << 2;
  }
  const entries = <usize>load<i32>(plan, ENTRIES);
  const end = entries + <usize>load<i32>(plan, ENTRY_COUNT) * ENTRY_BYTES;
  for (let entry = entries; entry < end; entry += ENTRY_BYTES) {
    const column = columns + <usize>(load<i32>(entry, ENTRY_OWNER) >> OWNER_SHIFT) * COLUMN_BYTES;
    const length = load<i32>(entry, ENTRY_LENGTH);
    const ends = <usize>load<i32>(column, COLUMN_ENDS);
    const start = load<i32>(ends);
    copyText(<usize>(load<i32>(column, COLUMN_GATHERED) + start), <usize>load<i32>(entry, ENTRY_START), <usize>length);
    store<i32>(ends, start + length, 4);
    store<i32>(column, <i32>ends + 4, COLUMN_ENDS);
  }
  for (let column = columns; column < columnsEnd; column += COLUMN_BYTES)
    store<i32>(column, load<i32>(column, COLUMN_ENDS) - (load<i32>(column, COLUMN_TEXTS) << 2), COLUMN_ENDS);
}
