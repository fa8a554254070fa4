import { nullId, type TextColumn, type TextListColumn } from "../../columns/index.ts";
import type { Arena, Placed } from "./arena.ts";
import { distinctTexts } from "./distinct-texts.ts";

/**
 * The lists of a column as a kernel compares them: record `r` owns `members[starts[r]]` up to, not including,
 * `members[starts[r + 1]]`, ascending and distinct. Lists whose signatures share no bit share no member.
 */
export interface ListTable {
  readonly starts: Placed<Int32Array>;
  readonly members: Placed<Int32Array>;
  /** Four 32-bit words a record. */
  readonly signatures: Placed<Int32Array>;
}

/** 32-bit words of a signature. */
export const signatureWords = 4;

/** Members of a list that are compared; as in the other comparisons of lists, one record must not hold up a block. */
export const membersMax = 4096;

/** Encodes columns of lists, or of texts, each then a list of one, end to end. */
export function listTable(columns: readonly (TextColumn | TextListColumn)[], lower: boolean, arena: Arena): ListTable {
  const lists = columns.map(asLists);
  const { ids } = distinctTexts(
    lists.map(({ dictionary, values }) => ({ dictionary, ids: values })),
    lower,
  );
  const recordCount = lists.reduce((sum, { offsets }) => sum + offsets.length - 1, 0);
  const starts = arena.int32(recordCount + 1);
  const signatures = arena.int32(recordCount * signatureWords);
  const members = new Int32Array(ids.length);
  const offsets = joinedOffsets(lists);
  let to = 0;
  for (let record = 0; record < recordCount; record++) {
    const from = offsets[record] as number;
    const end = Math.min(offsets[record + 1] as number, from + membersMax);
    for (let at = from; at < end; at++) members[to + at - from] = ids[at] as number;
    sortAscending(members, to, to + end - from);
    const start = to;
    for (let at = start; at < start + end - from; at++) {
      const member = members[at] as number;
      if (to > start && members[to - 1] === member) continue;
      members[to++] = member;
      const bit = Math.imul(member, 0x9e3779b1) >>> 25;
      const word = record * signatureWords + (bit >> 5);
      signatures.values[word] = (signatures.values[word] as number) | (1 << (bit & 31));
    }
    starts.values[record + 1] = to;
  }
  return { starts, members: arena.int32Of(members.subarray(0, to)), signatures };
}

/** Insertion sort where a list is short, as most are: the library's costs more than it saves there. */
function sortAscending(numbers: Int32Array, from: number, to: number): void {
  if (to - from > 32) {
    numbers.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const number = numbers[i] as number;
    let at = i;
    for (; at > from && (numbers[at - 1] as number) > number; at--) numbers[at] = numbers[at - 1] as number;
    numbers[at] = number;
  }
}

/** Lists of one column: row `r` owns `values[offsets[r]]` up to, not including, `values[offsets[r + 1]]`. */
export type Lists = Pick<TextListColumn, "dictionary" | "offsets" | "values">;

/** A column as lists: texts are lists of one. */
export function asLists(column: TextColumn | TextListColumn): Lists {
  if (column.kind === "textList") return column;
  const offsets = new Int32Array(column.ids.length + 1);
  column.ids.forEach((id, row) => {
    offsets[row + 1] = (offsets[row] as number) + (id === nullId ? 0 : 1);
  });
  return { dictionary: column.dictionary, offsets, values: column.ids.filter((id) => id !== nullId) };
}

function joinedOffsets(lists: readonly Lists[]): Int32Array {
  const joined = new Int32Array(lists.reduce((sum, { offsets }) => sum + offsets.length - 1, 1));
  let row = 0;
  let before = 0;
  for (const { offsets, values } of lists) {
    for (let i = 1; i < offsets.length; i++) joined[++row] = before + (offsets[i] as number);
    before += values.length;
  }
  return joined;
}
