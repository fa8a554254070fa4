import {
  cutToUsed,
  type Dictionary,
  nullId,
  type TextColumn,
  TextNumbers,
  type Utf8Texts,
  utf8Dictionary,
  utf8Of,
} from "../../columns/index.ts";
import { splitTitleYear } from "../clean/title.ts";

/** What a title becomes where the year in its brackets is the record's. */
interface SettledTitle {
  readonly year: number;
  /** The title without its brackets, by its number among all such. */
  readonly title: number;
}

/** A year in brackets behind a title is the record's year: it leaves the title, and fills a year that is not there. */
export function settleTitleYear(title: TextColumn, years: Float64Array): TextColumn {
  const bare = new TextNumbers();
  const settledById = settledTitles(title.dictionary, bare);
  if (settledById.size === 0) return title;
  const { dictionary, idOfBare } = withTexts(title.dictionary, bare);
  const ids = title.ids.slice();
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    const settled = id === nullId ? undefined : settledById.get(id);
    if (settled === undefined) continue;
    const year = years[row] as number;
    if (!Number.isNaN(year) && year !== settled.year) continue;
    years[row] = settled.year;
    ids[row] = idOfBare[settled.title] as number;
  }
  return { kind: "text", name: title.name, ...cutToUsed({ dictionary, ids }) };
}

function settledTitles(dictionary: Dictionary, bare: TextNumbers): ReadonlyMap<number, SettledTitle> {
  const { bytes, offsets } = utf8Of(dictionary);
  const settled = new Map<number, SettledTitle>();
  for (let id = 0; id < dictionary.size; id++) {
    const end = offsets[id + 1] as number;
    const last = end > (offsets[id] as number) ? bytes[end - 1] : 0;
    if (last !== closingRound && last !== closingSquare) continue;
    const parts = splitTitleYear(dictionary.get(id));
    if (parts !== null) settled.set(id, { year: parts.year, title: bare.numberOfText(parts.title) });
  }
  return settled;
}

const closingRound = 0x29;
const closingSquare = 0x5d;

/** The dictionary with more texts, and the ids of these: those that it has already keep theirs. */
function withTexts(dictionary: Dictionary, more: TextNumbers): { dictionary: Dictionary; idOfBare: Int32Array } {
  const old = utf8Of(dictionary);
  const idOfBare = new Int32Array(more.size).fill(nullId);
  for (let id = 0; id < dictionary.size; id++) {
    const number = more.find(old.bytes, old.offsets[id] as number, old.offsets[id + 1] as number);
    if (number >= 0) idOfBare[number] = id;
  }
  const added = more.utf8();
  let size = dictionary.size;
  for (let number = 0; number < idOfBare.length; number++) if (idOfBare[number] === nullId) idOfBare[number] = size++;
  return { dictionary: utf8Dictionary(joined(old, added, idOfBare)), idOfBare };
}

/** The old texts, then those of the added ones that lie behind them. */
function joined(old: Utf8Texts, added: Utf8Texts, ids: Int32Array): Utf8Texts {
  const oldSize = old.offsets.length - 1;
  const newOnes = Array.from(ids.keys()).filter((number) => (ids[number] as number) >= oldSize);
  const offsets = new Int32Array(oldSize + newOnes.length + 1);
  offsets.set(old.offsets);
  newOnes.forEach((number, i) => {
    const length = (added.offsets[number + 1] as number) - (added.offsets[number] as number);
    offsets[oldSize + i + 1] = (offsets[oldSize + i] as number) + length;
  });
  const bytes = new Uint8Array(offsets[offsets.length - 1] as number);
  bytes.set(old.bytes.subarray(0, offsets[oldSize] as number));
  newOnes.forEach((number, i) => {
    bytes.set(added.bytes.subarray(added.offsets[number], added.offsets[number + 1]), offsets[oldSize + i] as number);
  });
  return { bytes, offsets };
}
