import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { KindredError } from "../../base/index.ts";
import { columnOf, decodeTable, type Table } from "../../columns/index.ts";
import type { ClaimColumns, Graph } from "../graph.ts";
import { OntologyCodes } from "../ontology-codes.ts";
import { adjacency, type RelationEdges, targetsOf } from "./adjacency.ts";
import { type GraphManifest, graphFiles, graphFormatVersion, manifestSchema } from "./manifest.ts";
import { claimColumns, entityColumns, memberColumns } from "./open-columns.ts";
import { currentGraphFolder } from "./publish-graph.ts";
import { TextFile } from "./text-file.ts";
import { tokenIndex } from "./token-index.ts";

/**
 * Opens a graph folder, or the current graph of a folder that `publishGraph` wrote.
 * @throws not-found when there is no graph; artifact-damaged when a file is torn or of another format
 */
export async function openGraph(directory: string): Promise<Graph> {
  const folder = await currentGraphFolder(directory);
  const manifest = await readManifest(folder);
  const read = async (file: string): Promise<Table> => decodeTable(await readPart(folder, file), { lazyTexts: true });
  const codes = new OntologyCodes(manifest.ontology);
  const entities = entityColumns(await read(graphFiles.entities), codes);
  const texts = new TextFile(join(folder, graphFiles.texts));
  const claims = claimColumns(await claimTables(read), codes, entities.count, texts);
  const edges = relationEdges(claims, codes, entities.count);
  return {
    directory: folder,
    manifest,
    codes,
    entities,
    members: memberColumns(await read(graphFiles.members), entities.count),
    claims,
    edges,
    degrees: distinctDegrees(edges, entities.count),
    tokens: tokenIndex(columnTokens(await read(graphFiles.tokens))),
    close: () => texts.close(),
  };
}

async function claimTables(read: (file: string) => Promise<Table>) {
  return {
    claims: await read(graphFiles.claims),
    provenance: await read(graphFiles.provenance),
    passages: await read(graphFiles.passages),
  };
}

function columnTokens(table: Table) {
  return {
    words: columnOf(table, "token", "text").dictionary,
    postings: columnOf(table, "entities", "textList"),
    count: table.rowCount,
  };
}

async function readManifest(folder: string): Promise<GraphManifest> {
  const path = join(folder, graphFiles.manifest);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new KindredError("not-found", {
      seen: `there is no graph in "${folder}"`,
      expected: `a folder with ${graphFiles.manifest}`,
      hint: "Build one with kindred link or kindred demo",
      cause,
    });
  });
  const checked = manifestSchema.safeParse(parseJson(text));
  if (checked.success && checked.data.formatVersion === graphFormatVersion) return checked.data;
  const seen = checked.success ? `a graph of format ${checked.data.formatVersion}` : "a manifest of another shape";
  throw new KindredError("artifact-damaged", {
    seen,
    expected: `a graph of format ${graphFormatVersion}`,
    hint: "Build the graph anew",
    where: { file: path },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readPart(folder: string, file: string): Promise<Buffer> {
  return readFile(join(folder, file)).catch((cause: unknown) => {
    throw new KindredError("artifact-damaged", {
      seen: "a file of the graph cannot be read",
      expected: "the whole folder as it was written",
      hint: "Build the graph anew",
      where: { file: join(folder, file) },
      cause,
    });
  });
}

/** Edges of claims that stand: withdrawn ones bind nothing. */
function relationEdges(claims: ClaimColumns, codes: OntologyCodes, entityCount: number): RelationEdges[] {
  const relations = codes.ontology.relationTypes;
  const rows: number[][] = relations.map(() => []);
  for (let claim = 0; claim < claims.count; claim++) {
    if ((claims.objects[claim] as number) < 0 || claims.rankAt(claim) === "deprecated") continue;
    (rows[claims.relations[claim] as number] as number[]).push(claim);
  }
  return rows.flatMap((found, relation) => {
    if (found.length === 0) return [];
    const subjects = Int32Array.from(found, (claim) => claims.subjects[claim] as number);
    const objects = Int32Array.from(found, (claim) => claims.objects[claim] as number);
    return [
      { relation, out: adjacency(entityCount, subjects, objects), in: adjacency(entityCount, objects, subjects) },
    ];
  });
}

function distinctDegrees(edges: readonly RelationEdges[], entityCount: number): Int32Array {
  const degrees = new Int32Array(entityCount);
  const seenBy = new Int32Array(entityCount).fill(-1);
  for (let place = 0; place < entityCount; place++) {
    let degree = 0;
    for (const relation of edges) {
      for (const side of [relation.out, relation.in]) {
        for (const other of targetsOf(side, place)) {
          if (seenBy[other] !== place) degree++;
          seenBy[other] = place;
        }
      }
    }
    degrees[place] = degree;
  }
  return degrees;
}
