import {
  type Column,
  type Dictionary,
  DictionaryBuilder,
  dictionaryOf,
  nullId,
  type Table,
  type TextColumn,
} from "../../columns/index.ts";
import type { DocumentProvenance } from "../../ontology/index.ts";
import type { Draft } from "./draft.ts";
import { rankNames } from "./rank-claims.ts";
import { labelOf, type Settled } from "./settle.ts";
import { objectKinds } from "./statement-log.ts";

/** One row an entity, in the order of ids; all other tables name entities by a dictionary in that same order. */
export function entityTable(draft: Draft, settled: Settled): Table {
  const { order, types } = settled;
  const typeNames = draft.codes.ontology.entityTypes.map((type) => type.name);
  const alternatives = alternativeColumn(draft, settled);
  return table(order.length, [
    { kind: "text", name: "id", dictionary: idDictionary(settled), ids: Int32Array.from(order.keys()) },
    compact(
      "type",
      dictionaryOf(typeNames),
      order.map((entity) => types[entity] as number),
    ),
    texts(
      "label",
      Array.from(order, (entity) => labelOf(draft, settled, entity)),
    ),
    { kind: "number", name: "year", values: settled.years },
    alternatives,
    { kind: "number", name: "source_count", values: sourceCounts(settled) },
  ]);
}

/** One row a record, in the order of source and id. */
export function memberTable(draft: Draft, settled: Settled): Table {
  const { records, places } = settled;
  return table(records.order.length, [
    compact(
      "source",
      dictionaryOf(draft.records.sourceNames),
      records.order.map((row) => records.sources[row] as number),
    ),
    texts(
      "id",
      Array.from(records.order, (row) => records.ids[row] as string),
    ),
    entities(
      "entity",
      settled,
      records.order.map((row) => places[records.entities[row] as number] as number),
    ),
  ]);
}

/** One row a claim. Its object is an entity, a number, or a text that starts at `text_start` of the file of texts. */
export function claimTable(draft: Draft, settled: Settled, textStarts: Float64Array): Table {
  const { claims } = settled;
  const relations = draft.codes.ontology.relationTypes.map((type) => type.name);
  const objectOf = (kind: number, value: (object: number) => number): Float64Array =>
    Float64Array.from(claims.objects, (object, i) => (claims.objectKinds[i] === kind ? value(object) : Number.NaN));
  const objectIds = claims.objects.map((object, i) => (claims.objectKinds[i] === objectKinds.entity ? object : nullId));
  return table(claims.count, [
    entities("subject", settled, claims.subjects),
    compact("relation", dictionaryOf(relations), claims.relations),
    entities("object", settled, objectIds),
    {
      kind: "number",
      name: "value",
      values: objectOf(objectKinds.number, (code) => draft.numbers.values[code] as number),
    },
    { kind: "number", name: "text_start", values: objectOf(objectKinds.text, (code) => textStarts[code] as number) },
    compact("rank", dictionaryOf(rankNames), Int32Array.from(claims.ranks)),
    { kind: "number", name: "confidence", values: claims.confidences },
  ]);
}

/** One row a claim and record field, in the order of claims: `claim` counts the rows of the claims from 0. */
export function provenanceTable(draft: Draft, settled: Settled): Table {
  const { records } = settled;
  const rows = originRows(settled, (origin) => origin >= 0);
  const recordIds = new DictionaryBuilder();
  const origins = rows.origins;
  return table(origins.length, [
    { kind: "number", name: "claim", values: rows.claims },
    compact(
      "source",
      dictionaryOf(draft.records.sourceNames),
      origins.map((record) => records.sources[record] as number),
    ),
    built(
      "id",
      recordIds,
      origins.map((record) => recordIds.add(records.ids[record] as string)),
    ),
    compact("field", dictionaryOf(draft.fieldNames.texts), rows.fields),
  ]);
}

/** One row a claim and passage of a document, in the order of claims. */
export function passageTable(draft: Draft, settled: Settled): Table {
  const rows = originRows(settled, (origin) => origin < 0);
  const passages = Array.from(rows.origins, (origin) => draft.passages[-1 - origin] as DocumentProvenance);
  return table(passages.length, [
    { kind: "number", name: "claim", values: rows.claims },
    texts(
      "document",
      passages.map((passage) => passage.document),
    ),
    { kind: "number", name: "start_byte", values: Float64Array.from(passages, (passage) => passage.startByte) },
    { kind: "number", name: "end_byte", values: Float64Array.from(passages, (passage) => passage.endByte) },
    texts(
      "quote",
      passages.map((passage) => passage.quote),
    ),
    texts(
      "extractor",
      passages.map((passage) => passage.extractor),
    ),
    texts(
      "model",
      passages.map((passage) => passage.model ?? null),
    ),
  ]);
}

interface OriginRows {
  readonly claims: Float64Array;
  readonly origins: Int32Array;
  readonly fields: Int32Array;
}

function originRows(settled: Settled, isWanted: (origin: number) => boolean): OriginRows {
  const { claims } = settled;
  const total = claims.origins.reduce((sum, origin) => sum + (isWanted(origin) ? 1 : 0), 0);
  const rows = { claims: new Float64Array(total), origins: new Int32Array(total), fields: new Int32Array(total) };
  let row = 0;
  for (let claim = 0; claim < claims.count; claim++) {
    for (let at = claims.offsets[claim] as number; at < (claims.offsets[claim + 1] as number); at++) {
      if (!isWanted(claims.origins[at] as number)) continue;
      rows.claims[row] = claim;
      rows.origins[row] = claims.origins[at] as number;
      rows.fields[row++] = claims.fields[at] as number;
    }
  }
  return rows;
}

function alternativeColumn(draft: Draft, { labels, order }: Settled): Column {
  const dictionary = new DictionaryBuilder();
  const values = new Int32Array(labels.alternatives.length);
  const offsets = new Int32Array(order.length + 1);
  let at = 0;
  order.forEach((entity, place) => {
    for (let i = labels.offsets[entity] as number; i < (labels.offsets[entity + 1] as number); i++) {
      values[at++] = dictionary.add(draft.labels.spellings[labels.alternatives[i] as number] as string);
    }
    offsets[place + 1] = at;
  });
  return { kind: "textList", name: "alternative_labels", dictionary: dictionary.build(), offsets, values };
}

/** In how many sources each entity has a record, by place. */
function sourceCounts({ records, places }: Settled): Float64Array {
  const seen = new Set<number>();
  const counts = new Float64Array(places.length);
  const sourceLimit = 1 + records.sources.reduce((a, b) => Math.max(a, b), 0);
  records.entities.forEach((entity, record) => {
    const key = entity * sourceLimit + (records.sources[record] as number);
    if (seen.has(key)) return;
    seen.add(key);
    const place = places[entity] as number;
    counts[place] = (counts[place] as number) + 1;
  });
  return counts;
}

function table(rowCount: number, columns: readonly Column[]): Table {
  return { rowCount, columns };
}

function idDictionary({ ids, order }: Settled): Dictionary {
  return dictionaryOf(Array.from(order, (entity) => ids[entity] as string));
}

function entities(name: string, settled: Settled, places: Int32Array): TextColumn {
  return { kind: "text", name, dictionary: idDictionary(settled), ids: places };
}

function texts(name: string, values: readonly (string | null)[]): TextColumn {
  const dictionary = new DictionaryBuilder();
  return built(
    name,
    dictionary,
    Int32Array.from(values, (value) => (value === null ? nullId : dictionary.add(value))),
  );
}

function built(name: string, dictionary: DictionaryBuilder, ids: Int32Array): TextColumn {
  return { kind: "text", name, dictionary: dictionary.build(), ids };
}

/** A column whose dictionary is cut down to what is used, in order of first use, so unused codes never show in the bytes. */
function compact(name: string, dictionary: Dictionary, codes: Int32Array): TextColumn {
  const used = new DictionaryBuilder();
  const idByCode = new Int32Array(dictionary.size).fill(nullId);
  const ids = codes.map((code) => {
    if (idByCode[code] === nullId) idByCode[code] = used.add(dictionary.get(code));
    return idByCode[code] as number;
  });
  return built(name, used, ids);
}
