import type { TaskContext } from "../../flow/index.ts";
import { extractClaims, type GazetteerEntry, makeGazetteer, readDocuments, ruleExtractor } from "../../infer/index.ts";
import { type Claim, filmOntology } from "../../ontology/index.ts";
import { columnOf, findColumn, numberAt, textAt } from "../../columns/index.ts";
import type { BlobRef } from "../../flow/index.ts";
import type { StoredSource } from "./partition-records.ts";
import { getTable, putJson } from "./stored-table.ts";

/** What documents gave. */
export interface ReadClaims {
  readonly claims: BlobRef;
  readonly rejected: BlobRef;
  readonly counts: { readonly documents: number; readonly claims: number; readonly rejected: number };
}

/** The step `claims`: reads documents with the rules, knowing the titles and names of the catalogues. */
export async function readClaims(
  context: Pick<TaskContext<unknown, unknown>, "blobs" | "log" | "signal" | "progress">,
  paths: readonly string[],
  sources: readonly StoredSource[],
): Promise<ReadClaims> {
  const { blobs, log, signal, progress } = context;
  const documents = paths.length === 0 ? [] : await readDocuments(paths);
  const gazetteer = makeGazetteer(documents.length === 0 ? [] : await knownNames(context, sources));
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

/** Titles with their years and names of people, as the catalogues write them. */
async function knownNames(
  { blobs }: Pick<TaskContext<unknown, unknown>, "blobs">,
  sources: readonly StoredSource[],
): Promise<GazetteerEntry[]> {
  const entries: GazetteerEntry[] = [];
  for (const batch of sources.flatMap((source) => source.batches)) {
    const label = batch.fields.find((field) => (field.kind === "title" || field.kind === "name") && !field.list);
    if (!label) continue;
    const table = await getTable(blobs, batch.table);
    const names = columnOf(table, label.name, "text");
    const years = findColumn(table, "year");
    for (let row = 0; row < table.rowCount; row++) {
      const name = textAt(names, row);
      const year = years?.kind === "number" ? numberAt(years, row) : null;
      if (name !== null) entries.push({ entityType: batch.entityType, name, ...(year === null ? {} : { year }) });
    }
  }
  return entries;
}
