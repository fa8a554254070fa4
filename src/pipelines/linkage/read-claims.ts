import type { BlobRef, TaskContext } from "../../flow/index.ts";
import { type Document, extractClaims, makeGazetteer, readDocuments, ruleExtractor } from "../../infer/index.ts";
import { type Claim, filmOntology } from "../../ontology/index.ts";
import { knownNames } from "./known-names.ts";
import type { StoredSource } from "./partition-records.ts";
import { type FindFile, renaming } from "./local-files.ts";
import { putJson } from "./stored-table.ts";

/** What documents gave. */
export interface ReadClaims {
  readonly claims: BlobRef;
  readonly rejected: BlobRef;
  readonly counts: { readonly documents: number; readonly claims: number; readonly rejected: number };
}

/** The step `claims`: reads documents with the rules, knowing the titles and names of the catalogues. */
export async function readClaims(
  context: Pick<TaskContext<unknown, unknown>, "blobs" | "file" | "log" | "signal" | "progress">,
  paths: readonly string[],
  sources: readonly StoredSource[],
): Promise<ReadClaims> {
  const { blobs, log, signal, progress } = context;
  const documents = paths.length === 0 ? [] : await documentsFound(paths, context.file);
  const gazetteer = makeGazetteer(documents.length === 0 ? [] : await knownNames(blobs, sources));
  const extractor = ruleExtractor();
  const onDocument = (done: number, total: number): void => progress(done, total, "documents");
  const found = await extractClaims({ documents, ontology: filmOntology, extractor, gazetteer, signal, onDocument });
  for (const { document, error } of found.errors) log.warn(`${document}: ${error.message}`);
  return {
    claims: await putJson(blobs, found.claims satisfies readonly Claim[], "claims"),
    rejected: await putJson(blobs, found.rejected, "rejected-claims"),
    counts: { documents: documents.length, claims: found.claims.length, rejected: found.rejected.length },
  };
}

/** Documents read where they are here, each known by its path as the params have it. */
async function documentsFound(paths: readonly string[], find: FindFile): Promise<readonly Document[]> {
  const here = await Promise.all(paths.map(find));
  const documents = await readDocuments(here);
  const renamings = here.flatMap((path, i) => (path === paths[i] ? [] : [renaming(path, paths[i] as string)]));
  return documents.map((document) => ({ ...document, id: renamings.reduce((id, rename) => rename(id), document.id) }));
}
