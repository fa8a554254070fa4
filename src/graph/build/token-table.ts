import { dictionaryOf, GrowingInt32, type Table } from "../../columns/index.ts";
import { foldLabel } from "../fold-label.ts";
import type { Draft } from "./draft.ts";
import { alternativesOf, labelOf, type Settled } from "./settle.ts";
import { sortRows, textRanks } from "./sort-rows.ts";
import { TextPool } from "./text-pool.ts";

/** The most words of one label that lead to it in a search. */
const maxLabelTokens = 64;

/** One row a word of any label, in order: the entities whose labels hold it, in the order of ids. */
export function tokenTable(draft: Draft, settled: Settled): Table {
  const pool = new TextPool();
  const [tokens, places] = [new GrowingInt32(), new GrowingInt32()];
  settled.order.forEach((entity, place) => {
    for (const label of [labelOf(draft, settled, entity), ...alternativesOf(draft, settled, entity)]) {
      for (const token of foldLabel(label).split(" ", maxLabelTokens)) {
        if (token === "") continue;
        tokens.push(pool.codeOf(token));
        places.push(place);
      }
    }
  });
  const ranks = textRanks(pool.texts);
  const sorted: string[] = [];
  pool.texts.forEach((text, code) => {
    sorted[ranks[code] as number] = text;
  });
  const rows = tokens.toArray().map((code) => ranks[code] as number);
  const postings = distinctPostings(rows, places.toArray(), sorted.length);
  const ids = Array.from(settled.order, (entity) => settled.ids[entity] as string);
  return {
    rowCount: sorted.length,
    columns: [
      { kind: "text", name: "token", dictionary: dictionaryOf(sorted), ids: Int32Array.from(sorted.keys()) },
      { kind: "textList", name: "entities", dictionary: dictionaryOf(ids), ...postings },
    ],
  };
}

function distinctPostings(
  rows: Int32Array,
  places: Int32Array,
  tokenCount: number,
): { offsets: Int32Array; values: Int32Array } {
  const order = sortRows(rows.length, [rows, places]);
  const offsets = new Int32Array(tokenCount + 1);
  const values = new GrowingInt32();
  for (let at = 0; at < order.length; at++) {
    const [row, before] = [order[at] as number, order[at - 1] ?? -1];
    const isRepeat = at > 0 && rows[row] === rows[before] && places[row] === places[before];
    if (!isRepeat) values.push(places[row] as number);
    offsets[(rows[row] as number) + 1] = values.length;
  }
  return { offsets, values: values.toArray() };
}
