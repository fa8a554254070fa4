import { dropTexts, settleTexts } from "./dictionary";
import {
  DONE,
  ENDS,
  ENTRIES_MAX,
  ENTRY_COUNT,
  FULL,
  ITEM_COUNT,
  ITEMS_MAX,
  ODD,
  ROW,
  ROWS_MAX,
  SLOT_MASK,
  SPAN_AT,
  SPAN_COUNT,
  STAMP,
  STARTS,
  TEXT_BYTES,
  TEXTS_MAX,
} from "./layout";
import { projectRecord, untouch } from "./values";

export { gather } from "./gather";

/**
 * Goes on through the records of a plan and reads their wanted paths into cells and dictionary; gives an outcome. The same as
 * src/records/read/json/plain-projector.ts, which says what each part is for.
 */
export function project(plan: usize): i32 {
  const count = load<i32>(plan, SPAN_COUNT);
  const starts = <usize>load<i32>(plan, STARTS);
  const ends = <usize>load<i32>(plan, ENDS);
  for (let span = load<i32>(plan, SPAN_AT); span < count; span++) {
    store<i32>(plan, span, SPAN_AT);
    const start = load<i32>(starts + ((<usize>span) << 2));
    const end = load<i32>(ends + ((<usize>span) << 2));
    if (!hasRoom(plan, end - start)) return FULL;
    const items = load<i32>(plan, ITEM_COUNT);
    store<i32>(plan, load<i32>(plan, STAMP) + 1, STAMP);
    if (!projectRecord(plan, <usize>start, <usize>end)) {
      store<i32>(plan, items, ITEM_COUNT);
      dropTexts();
      untouch(plan);
      return ODD;
    }
    settleTexts(plan);
    store<i32>(plan, load<i32>(plan, ROW) + 1, ROW);
  }
  store<i32>(plan, count, SPAN_AT);
  return DONE;
}

/** Whether whatever a record of so many bytes may hold finds room: nothing is checked again while it is read. */
function hasRoom(plan: usize, length: i32): bool {
  const entries = load<i32>(plan, ENTRY_COUNT) + (length >> 1) + 1;
  return (
    load<i32>(plan, ROW) < load<i32>(plan, ROWS_MAX) &&
    load<i32>(plan, ITEM_COUNT) + length <= load<i32>(plan, ITEMS_MAX) &&
    load<i32>(plan, TEXT_BYTES) + 2 * length <= load<i32>(plan, TEXTS_MAX) &&
    entries <= load<i32>(plan, ENTRIES_MAX) &&
    entries * 4 <= (load<i32>(plan, SLOT_MASK) + 1) * 3
  );
}
