import { nullId, type TextColumn, type TextListColumn } from "../../columns/index.ts";
import type { Arena, Placed } from "./arena.ts";
import { distinctTexts } from "./text-table.ts";

/**
 * The lists of a column as a kernel compares them: record `r` owns `members[starts[r]]` up to, not including,
 * `members[starts[r + 1]]`, ascending and distinct. Lists whose signatures share no bit share no member.
 */
export interface ListTable {
  readonly starts: Placed<Int32Array>;
  readonly members: Placed<Int32Array>;
  /** Two 32-bit words a record. */
  readonly signatures: Placed<Int32Array>;
}

/** Members of a list that are compared; as in the other comparisons of lists, one record must not hold up a block. */
const membersMax = 4096;

/** Encodes a column of lists, or of texts, each then a list of one. */
export function listTable(
  column: TextColumn | TextListColumn,
  read: (text: string) => string,
  arena: Arena,
): ListTable {
  const lists = asLists(column);
  const { ids } = distinctTexts(
    { kind: "text", name: column.name, dictionary: column.dictionary, ids: lists.values },
    read,
  );
  const recordCount = lists.offsets.length - 1;
  const starts = arena.int32(recordCount + 1);
  const signatures = arena.int32(recordCount * 2);
  const members = new Int32Array(ids.length);
  let to = 0;
  for (let record = 0; record < recordCount; record++) {
    const from = lists.offsets[record] as number;
    const own = ids
      .subarray(from, Math.min(lists.offsets[record + 1] as number, from + membersMax))
      .slice()
      .sort();
    own.forEach((member, i) => {
      if (i > 0 && member === own[i - 1]) return;
      members[to++] = member;
      const bit = Math.imul(member, 0x9e3779b1) >>> 26;
      const word = record * 2 + (bit >> 5);
      signatures.values[word] = (signatures.values[word] as number) | (1 << (bit & 31));
    });
    starts.values[record + 1] = to;
  }
  return { starts, members: arena.int32Of(members.subarray(0, to)), signatures };
}

function asLists(column: TextColumn | TextListColumn): { offsets: Int32Array; values: Int32Array } {
  if (column.kind === "textList") return column;
  const offsets = new Int32Array(column.ids.length + 1);
  column.ids.forEach((id, row) => {
    offsets[row + 1] = (offsets[row] as number) + (id === nullId ? 0 : 1);
  });
  return { offsets, values: column.ids.filter((id) => id !== nullId) };
}
