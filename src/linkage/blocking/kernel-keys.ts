import { hash53 } from "../../base/index.ts";
import { findColumn, type NumberColumn, type Table, type TextColumn, utf8Of } from "../../columns/index.ts";
import { lowerTable } from "../compare/index.ts";
import type { Arena, Placed } from "../engine/arena.ts";
import type { BlockingRule, KeyPart, LinkageSettings } from "../settings.ts";
import { type BlockKernel, withBlockKernel } from "./block-kernel.ts";
import { pointsOfKey, textKeyOf } from "./key-makers.ts";
import { noHash } from "./single-hashes.ts";

/** The block keys of a batch, made by the kernel; undefined where it is not built, or a row may have several keys under a rule. */
export function kernelBlockKeys(
  table: Table,
  settings: LinkageSettings,
): { readonly ends: Int32Array; readonly keys: Float64Array } | undefined {
  if (!settings.rules.every((rule) => hasSingleKeys(table, rule))) return undefined;
  return withBlockKernel((kernel) => {
    const { arena, run } = kernel;
    const hashes = settings.rules.map((rule) => hashesOfRule(kernel, table, rule));
    const addresses = arena.int32Of(Int32Array.from(hashes, (ofRule) => ofRule.at));
    const ends = arena.int32(table.rowCount);
    const keys = arena.float64(table.rowCount * hashes.length);
    const count = run.writeKeys(addresses.at, hashes.length, table.rowCount, ends.at, keys.at);
    return { ends: ends.values.slice(), keys: keys.values.slice(0, count) };
  });
}

function hasSingleKeys(table: Table, { keys }: BlockingRule): boolean {
  return keys.length > 0 && keys.every((part) => isSingle(table, part));
}

function isSingle(table: Table, part: KeyPart): boolean {
  const kind = findColumn(table, part.field)?.kind;
  return kind === "number" ? part.maker === "year" : kind === "text" && textKeyOf(part) !== undefined;
}

type Hashes = Placed<Float64Array>;

function hashesOfRule(kernel: BlockKernel, table: Table, rule: BlockingRule): Hashes {
  return rule.keys
    .map((part) => hashesOfPart(kernel, table, part))
    .reduce((first, second) => {
      kernel.run.hashPairs(first.at, second.at, table.rowCount);
      return first;
    });
}

function hashesOfPart(kernel: BlockKernel, table: Table, part: KeyPart): Hashes {
  const column = findColumn(table, part.field) as TextColumn | NumberColumn;
  return column.kind === "number" ? yearHashes(kernel, column) : textHashes(kernel, column, part);
}

function yearHashes({ arena, run }: BlockKernel, { values }: NumberColumn): Hashes {
  // In place: a hash stands where its year stood.
  const hashes = arena.float64Of(values);
  const next = (from: number): number => run.hashYears(hashes.at, from, values.length, hashes.at);
  for (let row = next(0); row < values.length; row = next(row + 1))
    hashes.values[row] = hash53(String(Math.trunc(values[row] as number)));
  return hashes;
}

/** What it needs beside the hashes of the rows is given back. */
function textHashes({ arena, run }: BlockKernel, column: TextColumn, part: KeyPart): Hashes {
  const hashes = arena.float64(column.ids.length);
  const scratch = arena.beyond(0);
  const ofTexts = hashesOfTexts({ arena: scratch, run }, column, part);
  run.hashesOfRows(scratch.int32Of(column.ids).at, column.ids.length, ofTexts.at, hashes.at);
  scratch.wipe();
  return hashes;
}

function hashesOfTexts({ arena, run }: BlockKernel, { dictionary }: TextColumn, part: KeyPart): Hashes {
  const utf8 = utf8Of(dictionary);
  const [bytes, offsets] = [arena.uint8Of(utf8.bytes), arena.int32Of(utf8.offsets)];
  const made = arena.float64(dictionary.size);
  const table = part.letters === "lower" ? placeLower(arena) : undefined;
  const next = (from: number): number =>
    run.hashTexts(
      bytes.at,
      offsets.at,
      from,
      dictionary.size,
      table?.at ?? 0,
      table?.values.length ?? 0,
      pointsOfKey(part),
      made.at,
    );
  const keyOf = textKeyOf(part) as (text: string) => string;
  for (let id = next(0); id < dictionary.size; id = next(id + 1)) {
    const key = keyOf(dictionary.get(id));
    made.values[id] = key === "" ? noHash : hash53(key);
  }
  return made;
}

function placeLower(arena: Arena): Placed<Uint16Array> {
  const table = lowerTable();
  const placed = arena.uint16(table.length);
  placed.values.set(table);
  return placed;
}
