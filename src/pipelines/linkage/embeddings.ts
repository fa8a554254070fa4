import { pathToFileURL } from "node:url";
import { importWithOwnPackage, KindredError } from "../../base/index.ts";
import { findColumn } from "../../columns/index.ts";
import { EmbeddedTexts, type Embedder } from "../../linkage/index.ts";
import type { RecordBatch, SourcePlan } from "../../records/index.ts";

/** The batches of a source with vectors in its fields of the kind `embedding`, made by the models that its fields name. */
export async function* withEmbeddings(
  batches: AsyncIterable<RecordBatch>,
  { source, spec, fields }: SourcePlan,
): AsyncGenerator<RecordBatch> {
  const texts = new Map<string, EmbeddedTexts>();
  for (const { field } of fields) {
    if (field.kind !== "embedding") continue;
    const model = spec.fields?.[field.name]?.model;
    const embedder = model === undefined ? null : await loadEmbedder(model);
    texts.set(field.name, new EmbeddedTexts(embedder, `the field "${field.name}" of ${source}`));
  }
  for await (const batch of batches) yield texts.size === 0 ? batch : await embedded(batch, texts);
}

async function embedded(batch: RecordBatch, texts: ReadonlyMap<string, EmbeddedTexts>): Promise<RecordBatch> {
  const made = new Map<string, RecordBatch["table"]["columns"][number]>();
  for (const [field, ofField] of texts) {
    const column = findColumn(batch.table, field);
    if (column?.kind === "text") made.set(field, await ofField.column(column));
  }
  const columns = batch.table.columns.map((column) => made.get(column.name) ?? column);
  return { ...batch, table: { ...batch.table, columns } };
}

async function loadEmbedder(path: string): Promise<Embedder> {
  const loaded = await importWithOwnPackage(pathToFileURL(path).href).catch((cause: unknown) => {
    throw new KindredError("config-invalid", {
      seen: `the model cannot be loaded: ${(cause as Error).message}`,
      expected: "a module whose default export makes vectors of texts",
      where: { file: path },
      cause,
    });
  });
  const embedder = (loaded as { readonly default?: Partial<Embedder> }).default;
  if (typeof embedder?.embed === "function") return embedder as Embedder;
  throw new KindredError("config-invalid", {
    seen: "the default export makes no vectors",
    expected: "export default { embed: (texts) => one vector a text } satisfies Embedder",
    where: { file: path },
  });
}
