import { hash53, hash53OfAscii } from "../../base/index.ts";
import { findColumn, isAscii, nullId, type NumberColumn, type Table, type TextColumn } from "../../columns/index.ts";
import { lowerAscii } from "../compare/index.ts";
import type { KeyPart } from "../settings.ts";
import { startOf, textKeyOf } from "./key-makers.ts";

/** Stands for "no key" where a row has one at most. */
export const noHash = -1;

/** The hash of the one key that a part makes of each row, {@link noHash} for none; undefined where a row may have several. */
export function singleHashes(table: Table, part: KeyPart): Float64Array | undefined {
  const column = findColumn(table, part.field);
  if (column?.kind === "number" && part.maker === "year") return yearHashes(column);
  if (column?.kind === "text" && textKeyOf(part) !== undefined) return textHashes(column, part);
  return undefined;
}

function yearHashes({ values }: NumberColumn): Float64Array {
  const hashes = new Float64Array(values.length);
  const hashByYear = new Map<number, number>();
  for (let row = 0; row < hashes.length; row++) {
    const value = values[row] as number;
    if (!Number.isFinite(value)) {
      hashes[row] = noHash;
      continue;
    }
    const year = Math.trunc(value);
    let hash = hashByYear.get(year);
    if (hash === undefined) {
      hash = hash53(String(year));
      hashByYear.set(year, hash);
    }
    hashes[row] = hash;
  }
  return hashes;
}

function textHashes({ dictionary, ids }: TextColumn, part: KeyPart): Float64Array {
  const keyOf = textKeyOf(part) as (text: string) => string;
  const hashOf = (id: number): number => {
    const key = keyOf(dictionary.get(id));
    return key === "" ? noHash : hash53(key);
  };
  const made = new Float64Array(dictionary.size);
  const { utf8 } = dictionary;
  if (utf8 === undefined) for (let id = 0; id < made.length; id++) made[id] = hashOf(id);
  else {
    const { bytes, offsets } = utf8;
    const lower = part.letters === "lower";
    const scratch = new Uint8Array(longest(offsets));
    for (let id = 0; id < made.length; id++) {
      const from = offsets[id] as number;
      const to = startOf(part, from, offsets[id + 1] as number);
      if (from === to) made[id] = noHash;
      else if (lower && lowerAscii(bytes, from, to, scratch)) made[id] = hash53OfAscii(scratch, 0, to - from);
      else if (!lower && isAscii(bytes, from, to)) made[id] = hash53OfAscii(bytes, from, to);
      else made[id] = hashOf(id);
    }
  }
  const hashes = new Float64Array(ids.length);
  for (let row = 0; row < hashes.length; row++) {
    const id = ids[row] as number;
    hashes[row] = id === nullId ? noHash : (made[id] as number);
  }
  return hashes;
}

function longest(offsets: Int32Array): number {
  let most = 0;
  for (let i = 1; i < offsets.length; i++) most = Math.max(most, (offsets[i] as number) - (offsets[i - 1] as number));
  return most;
}
