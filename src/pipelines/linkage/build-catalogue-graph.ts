import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { BlobRef, TaskContext } from "../../flow/index.ts";
import { buildGraph, type GraphManifest } from "../../graph/index.ts";
import { type Claim, filmOntology } from "../../ontology/index.ts";
import type { JoinedRecords, OutcomeCounts } from "./clustered.ts";
import { RecordLookup } from "./record-lookup.ts";
import type { LinkageState } from "./linkage-state.ts";
import { graphBatches, withEntityTypes } from "./graph-batches.ts";
import { peopleSource, personSlug } from "./person-slug.ts";
import { recordFiles } from "./record-files.ts";
import type { RecordFiles } from "./record-lines.ts";
import { getJson } from "./stored-table.ts";

/** A built graph: its files, and lines of records that carry the ids of its entities. */
export interface WrittenGraph {
  readonly files: readonly { readonly name: string; readonly ref: BlobRef }[];
  readonly records: RecordFiles;
  readonly counts: GraphManifest["counts"];
}

/** The same for publishing: with the files of records whole, each in parts that follow a header. */
export interface BuiltGraph extends Omit<WrittenGraph, "records"> {
  readonly records: {
    readonly entities: readonly BlobRef[];
    readonly outcomes: readonly BlobRef[];
    readonly entityCount: number;
    readonly counts: OutcomeCounts;
  };
}

/** The task of `write` that makes the graph: turns clusters, records and claims into the graph, and names every record's entity. */
export async function buildCatalogueGraph(
  context: Pick<TaskContext<unknown, unknown>, "blobs" | "log" | "tempDirectory">,
  { plan, sources, claims }: LinkageState,
  clustered: JoinedRecords,
): Promise<WrittenGraph> {
  const { blobs, log, tempDirectory } = context;
  const folder = join(tempDirectory, "graph");
  const records = await RecordLookup.open(blobs, clustered);
  const manifest = await buildGraph(
    {
      ontology: withEntityTypes(
        filmOntology,
        plan.types.map((type) => type.entityType),
      ),
      sources: plan.types.flatMap((type) => type.sources),
      batches: graphBatches(blobs, sources),
      clusterOf: (source, id) => records.clusterOf(source, id),
      resolveName: (source, _id, _field, name) => records.clusterOf(peopleSource(source), personSlug(name)) ?? null,
      claims: await getJson<readonly Claim[]>(blobs, claims),
    },
    folder,
  );
  log.info("built the graph", { ...manifest.counts });
  const declared = new Set(plan.sources.map((source) => source.source));
  const written = await recordFiles(blobs, { folder, records, declared });
  const files: { name: string; ref: BlobRef }[] = [];
  for (const name of (await readdir(folder)).toSorted())
    files.push({ name, ref: await blobs.putFile(join(folder, name), { name, move: true }) });
  return { files, records: written, counts: manifest.counts };
}
