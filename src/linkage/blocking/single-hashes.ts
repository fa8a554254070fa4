import { hash53, hash53OfUtf8 } from "../../base/index.ts";
import { findColumn, type NumberColumn, nullId, type Table, type TextColumn, utf8Of } from "../../columns/index.ts";
import { lowerUtf8 } from "../compare/index.ts";
import type { KeyPart } from "../settings.ts";
import { endOfKey, textKeyOf } from "./key-makers.ts";

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
  const made = new Float64Array(dictionary.size);
  const { bytes, offsets } = utf8Of(dictionary);
  let scratch = new Uint8Array(1024);
  for (let id = 0; id < made.length; id++) {
    const from = offsets[id] as number;
    const to = endOfKey(part, bytes, from, offsets[id + 1] as number);
    if ((to - from) * 3 > scratch.length) scratch = new Uint8Array((to - from) * 4);
    const end = part.letters === "lower" ? lowerUtf8(bytes, from, to, scratch) : null;
    if (from === to) made[id] = noHash;
    else if (end === null) made[id] = hash53OfUtf8(bytes, from, to);
    else made[id] = end < 0 ? hash53(keyOf(dictionary.get(id))) : hash53OfUtf8(scratch, 0, end);
  }
  const hashes = new Float64Array(ids.length);
  for (let row = 0; row < hashes.length; row++) {
    const id = ids[row] as number;
    hashes[row] = id === nullId ? noHash : (made[id] as number);
  }
  return hashes;
}
