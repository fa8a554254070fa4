import type { TaskContext } from "../../flow/index.ts";
import type { BuiltGraph } from "./build-catalogue-graph.ts";
import type { Clustered } from "./clustered.ts";
import type { LinkageState } from "./linkage-state.ts";
import type { LinkageParams } from "./params.ts";
import { publishFolder } from "./publish.ts";
import { publishedFiles } from "./published-files.ts";

/** What a publish step answers with: where the result lies and how much it is. */
export interface Published {
  readonly out: string;
  readonly counts: Clustered["counts"] & { readonly entities: number };
  readonly graph: BuiltGraph["counts"];
}

/** The step `publish`: puts every file of the linkage into the output folder, in one step. */
export async function publishLinkage(
  { params, blobs, run }: Pick<TaskContext<LinkageParams, unknown>, "params" | "blobs" | "run">,
  found: { readonly state: LinkageState; readonly clustered: Clustered; readonly graph: BuiltGraph },
): Promise<Published> {
  const files = await publishedFiles(blobs, { run: run.id, params, ...found });
  await publishFolder(blobs, params.out, files, { kind: "linkage", version: 1, run: run.id });
  return {
    out: params.out,
    counts: { ...found.clustered.counts, entities: found.graph.entityCount },
    graph: found.graph.counts,
  };
}
