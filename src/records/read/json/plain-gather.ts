import { columnBytes, columnPlace, entryBytes, entryPlace, ownerShift, planPlace } from "./layout.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

/** Longer texts are copied by the machine, not byte by byte. */
const copiedAtOnce = 64;

/** Puts the texts of each column together, in the order of their numbers; the same as wasm/records/gather.ts. */
export function gatherTexts(memory: ProjectionMemory): void {
  const { bytes, words, columnCount } = memory;
  const columns = memory.get(planPlace.columns) >> 2;
  const starts = new Int32Array(columnCount);
  const ends = new Int32Array(columnCount);
  let start = memory.get(planPlace.gathered);
  let end = memory.get(planPlace.gatheredEnds) >> 2;
  for (let column = 0; column < columnCount; column++) {
    const at = columns + (column * columnBytes) / 4;
    words[at + columnPlace.gathered / 4] = start;
    words[at + columnPlace.ends / 4] = end << 2;
    words[end] = 0;
    starts[column] = start;
    ends[column] = end;
    start += memory.column(column, columnPlace.textBytes) + 16;
    end += memory.column(column, columnPlace.texts) + 1;
  }
  const count = memory.get(planPlace.entryCount);
  let at = memory.get(planPlace.entries) >> 2;
  for (let entry = 0; entry < count; entry++, at += entryBytes >> 2) {
    const column = (words[at + (entryPlace.owner >> 2)] as number) >> ownerShift;
    const length = words[at + (entryPlace.length >> 2)] as number;
    const from = words[at + (entryPlace.start >> 2)] as number;
    const own = ends[column] as number;
    const to = (starts[column] as number) + (words[own] as number);
    if (length > copiedAtOnce) bytes.copyWithin(to, from, from + length);
    else for (let i = 0; i < length; i++) bytes[to + i] = bytes[from + i] as number;
    words[own + 1] = (words[own] as number) + length;
    ends[column] = own + 1;
  }
}
