import { Buffer } from "node:buffer";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { columnOf, textAt } from "../../columns/index.ts";
import type { BlobRef, TaskContext } from "../../flow/index.ts";
import { buildGraph, type GraphManifest, memberEntities } from "../../graph/index.ts";
import { type Claim, filmOntology } from "../../ontology/index.ts";
import type { Clustered } from "./clustered.ts";
import { csvLine } from "./csv.ts";
import { graphBatches, withEntityTypes } from "./graph-batches.ts";
import type { LinkageState } from "./linkage-state.ts";
import { peopleSource, personSlug } from "./person-slug.ts";
import { entityHeader } from "./result-files.ts";
import { getJson, getTable } from "./stored-table.ts";

/** A built graph: its files, and the file of entities that carries the graph's ids. */
export interface BuiltGraph {
  readonly files: readonly { readonly name: string; readonly ref: BlobRef }[];
  readonly entities: BlobRef;
  readonly entityCount: number;
  readonly counts: GraphManifest["counts"];
}

/** The step `graph`: turns clusters, records and claims into the graph, and names every record's entity. */
export async function buildCatalogueGraph(
  context: Pick<TaskContext<unknown, unknown>, "blobs" | "log" | "tempDirectory">,
  { plan, sources, claims }: LinkageState,
  clustered: Clustered,
): Promise<BuiltGraph> {
  const { blobs, log, tempDirectory } = context;
  const folder = join(tempDirectory, "graph");
  const clusterOf = await clusterLookup(context, clustered);
  const manifest = await buildGraph(
    {
      ontology: withEntityTypes(
        filmOntology,
        plan.types.map((type) => type.entityType),
      ),
      sources: plan.types.flatMap((type) => type.sources),
      batches: graphBatches(blobs, sources),
      clusterOf,
      resolveName: (source, _id, _field, name) => clusterOf(peopleSource(source), personSlug(name)) ?? null,
      claims: await getJson<readonly Claim[]>(blobs, claims),
    },
    folder,
  );
  log.info("built the graph", { ...manifest.counts });
  const declared = new Set(plan.sources.map((source) => source.source));
  const written = await entitiesFile(folder, declared);
  const files: { name: string; ref: BlobRef }[] = [];
  for (const name of (await readdir(folder)).toSorted())
    files.push({ name, ref: await blobs.putFile(join(folder, name), { name, move: true }) });
  return {
    files,
    entities: await blobs.put(Buffer.from(written.text), "entities.csv"),
    entityCount: written.entityCount,
    counts: manifest.counts,
  };
}

type Lookup = (source: string, id: string) => string | undefined;

async function clusterLookup(
  { blobs }: Pick<TaskContext<unknown, unknown>, "blobs">,
  clustered: Clustered,
): Promise<Lookup> {
  const bySource = new Map<string, Map<string, string>>();
  for (const type of clustered.types) {
    const table = await getTable(blobs, type.entities);
    const clusters = columnOf(table, "cluster", "number").values;
    const [source, id] = [columnOf(table, "source", "text"), columnOf(table, "id", "text")];
    for (let row = 0; row < table.rowCount; row++) {
      const from = textAt(source, row) as string;
      const known = bySource.get(from) ?? new Map<string, string>();
      bySource.set(from, known.set(textAt(id, row) as string, `${type.entityType}-${clusters[row]}`));
    }
  }
  return (source, id) => bySource.get(source)?.get(id);
}

/** `entities.csv`: every record of the declared sources once, in their order, under the id of its entity in the graph. */
async function entitiesFile(
  folder: string,
  declared: ReadonlySet<string>,
): Promise<{ text: string; entityCount: number }> {
  const lines = [csvLine(entityHeader)];
  const seen = new Set<string>();
  for await (const { entity, source, id } of memberEntities(folder)) {
    if (!declared.has(source)) continue;
    seen.add(entity);
    lines.push(csvLine([entity, source, id]));
  }
  return { text: lines.join(""), entityCount: seen.size };
}
