import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { diskError } from "../../base/index.ts";
import type { GraphManifest } from "../store/manifest.ts";
import { newDraft } from "./draft.ts";
import type { GraphInput } from "./graph-input.ts";
import { placeClaims } from "./place-claims.ts";
import { readBatch } from "./read-batch.ts";
import { settle } from "./settle.ts";
import { TextSpool } from "./text-spool.ts";
import { writeGraph } from "./write-graph.ts";

const spoolFile = ".texts.spool";

/**
 * Builds a graph and writes it as a folder of its own, emptied first. Same input, same bytes. Memory holds entities,
 * edges and names; long texts go through a file.
 * @throws internal when a cluster holds records of two levels or types
 */
export async function buildGraph(input: GraphInput, directory: string): Promise<GraphManifest> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const spoolPath = join(directory, spoolFile);
  const texts = new TextSpool(spoolPath);
  try {
    const draft = newDraft(input.ontology, input.sources, texts);
    for await (const batch of input.batches) readBatch(draft, batch, input);
    const claims = [...(input.claims ?? [])];
    const settled = settle(draft);
    const isExtended = claims.length > 0 && placeClaims(draft, settled, claims) > 0;
    return await writeGraph(draft, isExtended ? settle(draft) : settled, directory);
  } catch (error) {
    throw diskError(error, directory);
  } finally {
    texts.close();
    await rm(spoolPath, { force: true });
  }
}
