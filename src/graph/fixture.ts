import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Table, TableBuilder } from "../columns/index.ts";
import { filmOntology } from "../ontology/index.ts";
import { buildGraph } from "./build/build-graph.ts";
import type { GraphField, GraphInput, GraphRecordBatch } from "./build/graph-input.ts";
import type { Graph } from "./graph.ts";
import { openGraph } from "./store/open-graph.ts";

/** A film record as tests write it. */
export interface FilmRow {
  readonly id: string;
  readonly title: string;
  readonly year?: number;
  readonly level?: string;
  readonly directors?: readonly string[];
  readonly cast?: readonly string[];
  readonly genres?: readonly string[];
  readonly countries?: readonly string[];
  readonly runtime?: number;
  readonly description?: string;
}

const filmFields: readonly GraphField[] = [
  { name: "title", kind: "title", list: false },
  { name: "level", kind: "level", list: false },
  { name: "year", kind: "year", list: false },
  { name: "directors", kind: "personList", list: true },
  { name: "cast", kind: "personList", list: true },
  { name: "genres", kind: "category", list: true },
  { name: "countries", kind: "category", list: true },
  { name: "runtime", kind: "number", list: false },
  { name: "description", kind: "text", list: false },
  { name: "shelf_mark", kind: "text", list: false },
];

/** A batch of films of one source. */
export function filmBatch(source: string, rows: readonly FilmRow[]): GraphRecordBatch {
  return { source, entityType: "film", fields: filmFields, table: filmTable(rows) };
}

function filmTable(rows: readonly FilmRow[]): Table {
  const kindOf = (field: GraphField) =>
    field.list ? "textList" : ["year", "number"].includes(field.kind) ? "number" : "text";
  const builder = new TableBuilder([
    { name: "id", kind: "text" },
    ...filmFields.map((field) => ({ name: field.name, kind: kindOf(field) }) as const),
  ]);
  for (const row of rows) {
    const values = row as unknown as Record<string, string | number | readonly string[] | undefined>;
    builder.append([row.id, ...filmFields.map((field) => values[field.name] ?? (field.list ? [] : null))]);
  }
  return builder.build();
}

/** A batch of people with a birth year and an occupation. */
export function personBatch(
  source: string,
  rows: readonly { id: string; name: string; birth_year?: number; occupation?: string[] }[],
): GraphRecordBatch {
  const builder = new TableBuilder([
    { name: "id", kind: "text" },
    { name: "name", kind: "text" },
    { name: "birth_year", kind: "number" },
    { name: "occupation", kind: "textList" },
  ]);
  for (const row of rows) builder.append([row.id, row.name, row.birth_year ?? null, row.occupation ?? []]);
  const fields = [
    { name: "name", kind: "name", list: false },
    { name: "birth_year", kind: "year", list: false },
    { name: "occupation", kind: "category", list: true },
  ];
  return { source, entityType: "person", fields, table: builder.build() };
}

/** Records that are one entity, as `source/id` lists under a key. */
export function clusters(groups: Readonly<Record<string, readonly string[]>>): GraphInput["clusterOf"] {
  const keyByRecord = new Map(
    Object.entries(groups).flatMap(([key, records]) => records.map((record) => [record, key] as const)),
  );
  return (source, id) => keyByRecord.get(`${source}/${id}`);
}

/** An input of batches over the film ontology; sources in the order of their first batch unless given. */
export function inputOf(batches: readonly GraphRecordBatch[], rest: Partial<GraphInput> = {}): GraphInput {
  return {
    ontology: filmOntology,
    sources: [...new Set(batches.map((batch) => batch.source))],
    batches,
    clusterOf: () => undefined,
    ...rest,
  };
}

/** A new empty folder. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "kindred-graph-"));
}

/** Builds and opens. */
export async function graphOf(input: GraphInput): Promise<Graph> {
  const folder = newFolder();
  await buildGraph(input, folder);
  return openGraph(folder);
}

const north: readonly FilmRow[] = [
  {
    id: "1",
    title: "Psycho",
    year: 1960,
    level: "film",
    directors: ["Alfred Hitchcock"],
    cast: ["Anthony Perkins", "Janet Leigh"],
    genres: ["Horror", "Thriller"],
    countries: ["USA"],
    runtime: 109,
  },
  {
    id: "2",
    title: "Vertigo",
    year: 1958,
    level: "film",
    directors: ["Alfred Hitchcock"],
    cast: ["James Stewart", "Kim Novak"],
    genres: ["Thriller", "Mystery"],
    countries: ["USA"],
  },
  {
    id: "3",
    title: "Psycho",
    year: 1998,
    level: "film",
    directors: ["Gus Van Sant"],
    cast: ["Vince Vaughn", "Anne Heche"],
    genres: ["Horror"],
    countries: ["United States"],
  },
  {
    id: "4",
    title: "The Matrix",
    year: 1999,
    level: "film",
    directors: ["Lana Wachowski"],
    cast: ["Keanu Reeves"],
    genres: ["Sci-Fi"],
  },
];

const south: readonly FilmRow[] = [
  {
    id: "a",
    title: "Psycho",
    year: 1960,
    directors: ["Alfred Hitchcock"],
    genres: ["horror"],
    countries: ["United States"],
    runtime: 108,
    description: "A secretary steals and runs.",
  },
  {
    id: "b",
    title: "Rear Window",
    year: 1954,
    directors: ["Alfred Hitchcock"],
    cast: ["James Stewart", "Grace Kelly"],
    genres: ["Thriller", "Mystery"],
  },
  { id: "c", title: "Psycho", year: 1990, level: "series", genres: ["Horror"] },
];

const west: readonly FilmRow[] = [
  {
    id: "x",
    title: "PSYCHO",
    year: 1961,
    level: "Movie",
    directors: ["Alfred Hitchcock"],
    genres: ["Science Fiction"],
    runtime: 109,
  },
];

/** A small catalogue of three sources in which Psycho is one film and its remake another. */
export function hitchcockInput(): GraphInput {
  return inputOf([filmBatch("north", north), filmBatch("south", south), filmBatch("west", west)], {
    clusterOf: clusters({ psycho: ["north/1", "south/a", "west/x"] }),
  });
}
