import { textsAt } from "../../columns/index.ts";
import type { Graph } from "../graph.ts";
import { targetsOf } from "../store/adjacency.ts";
import type { ExportColumn, ExportValue } from "./csv.ts";

/** A table of the export: rows are made as they are written. */
export interface ExportTable {
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  readonly rows: Iterable<readonly ExportValue[]>;
}

/** The tables of an export. */
export function exportTables(graph: Graph): ExportTable[] {
  return [
    { name: "entities", columns: entityColumns, rows: entityRows(graph) },
    { name: "members", columns: [text("entity_id"), text("source"), text("id")], rows: memberRows(graph) },
    { name: "claims", columns: claimColumns, rows: claimRows(graph) },
    {
      name: "provenance",
      columns: [integer("claim"), text("source"), text("id"), text("field")],
      rows: recordRows(graph),
    },
    { name: "passages", columns: passageColumns, rows: passageRows(graph) },
  ];
}

const entityColumns = [
  text("id"),
  text("type"),
  text("label"),
  integer("year"),
  { name: "alternative_labels", type: "texts" },
  integer("source_count"),
  integer("degree"),
] as const;

const claimColumns = [
  integer("claim"),
  text("subject_id"),
  text("subject_type"),
  text("subject_label"),
  text("relation"),
  text("object_id"),
  text("object_type"),
  text("object_label"),
  { name: "value_number", type: "number" },
  text("value_text"),
  text("rank"),
  { name: "confidence", type: "number" },
] as const;

const passageColumns = [
  integer("claim"),
  text("document"),
  integer("start_byte"),
  integer("end_byte"),
  text("quote"),
  text("extractor"),
  text("model"),
];

function* entityRows({ entities, degrees, codes }: Graph): Generator<ExportValue[]> {
  for (let place = 0; place < entities.count; place++) {
    const year = entities.years[place] as number;
    yield [
      entities.idOf(place),
      codes.typeName(entities.types[place] as number),
      entities.labelOf(place),
      Number.isNaN(year) ? null : year,
      textsAt(entities.alternatives, place),
      entities.sourceCounts[place] as number,
      degrees[place] as number,
    ];
  }
}

function* memberRows({ entities, members }: Graph): Generator<ExportValue[]> {
  for (let place = 0; place < entities.count; place++) {
    for (const row of targetsOf(members.ofEntity, place)) {
      const member = members.memberAt(row);
      yield [entities.idOf(place), member.source, member.id];
    }
  }
}

function* claimRows(graph: Graph): Generator<ExportValue[]> {
  const { claims, codes } = graph;
  for (let claim = 0; claim < claims.count; claim++) {
    const object = claims.objects[claim] as number;
    const value = object >= 0 ? null : claims.literalAt(claim);
    yield [
      claim,
      ...entityCells(graph, claims.subjects[claim] as number),
      codes.relation(claims.relations[claim] as number).name,
      ...entityCells(graph, object),
      typeof value === "number" ? value : null,
      typeof value === "string" ? value : null,
      claims.rankAt(claim),
      claims.confidences[claim] as number,
    ];
  }
}

function entityCells({ entities, codes }: Graph, place: number): ExportValue[] {
  if (place < 0) return [null, null, null];
  return [entities.idOf(place), codes.typeName(entities.types[place] as number), entities.labelOf(place)];
}

function* recordRows({ claims }: Graph): Generator<ExportValue[]> {
  for (let claim = 0; claim < claims.count; claim++) {
    for (const row of claims.recordOrigins(claim, Number.POSITIVE_INFINITY)) {
      yield [claim, row.source ?? null, row.id ?? null, row.field ?? null];
    }
  }
}

function* passageRows({ claims }: Graph): Generator<ExportValue[]> {
  for (let claim = 0; claim < claims.count; claim++) {
    for (const row of claims.passageOrigins(claim, Number.POSITIVE_INFINITY)) {
      yield [claim, ...passageColumns.slice(1).map((column) => row[column.name] ?? null)];
    }
  }
}

function text(name: string): ExportColumn {
  return { name, type: "text" };
}

function integer(name: string): ExportColumn {
  return { name, type: "integer" };
}
