import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { BlobRef, DataSetManifest, DataSets } from "../../flow/index.ts";
import { diffLinkages, type LinkageDiff } from "../diff/diff-linkages.ts";
import { evaluateLinkage } from "../evaluate/evaluate-linkage.ts";
import type { Figures } from "./figures.ts";
import { changedLinkageFigures, firstLinkageFigures } from "./linkage-figures.ts";

/** How a version of a data set differs from the one that is published. */
export interface VersionComparison {
  readonly kind: string;
  readonly figures: Figures;
  /** Of two linkages; null for anything else, and for the first version. */
  readonly linkage: LinkageDiff | null;
}

/** Two versions, as folders to read. */
interface Folders {
  readonly before: string | null;
  readonly after: string;
}

/**
 * Compares a version with the one that is published, if any. `use` is called while copies of both can be read.
 * @throws artifact-damaged; what evaluating throws for a truth that does not fit
 */
export async function compareVersions<T>(
  dataSets: DataSets,
  { before, after }: { readonly before: BlobRef | null; readonly after: BlobRef },
  truth: string | undefined,
  use: (comparison: VersionComparison) => Promise<T>,
): Promise<T> {
  const [old, made] = [before === null ? null : await dataSets.manifest(before), await dataSets.manifest(after)];
  return dataSets.withFolder(async (folder) => {
    const folders = { before: old === null ? null : join(folder, "before"), after: join(folder, "after") };
    await dataSets.checkOut(made, folders.after);
    if (old !== null && folders.before !== null) await dataSets.checkOut(old, folders.before);
    const files = fileFigures(old, made);
    const { kind } = made;
    if (kind !== "linkage")
      return use({ kind, figures: { ...files, ...(await rowFigures(folders, old, made)) }, linkage: null });
    const isBesideLinkage = old?.kind === "linkage" && folders.before !== null;
    const linkage = isBesideLinkage ? await diffLinkages(folders.before as string, folders.after) : null;
    const own = linkage === null ? await firstLinkageFigures(folders.after) : changedLinkageFigures(linkage);
    return use({ kind, figures: { ...files, ...own, ...(await truthFigures(folders.after, truth)) }, linkage });
  });
}

function fileFigures(before: DataSetManifest | null, { files }: DataSetManifest): Figures {
  const old = new Map((before?.files ?? []).map((file) => [file.path, file.blob]));
  const paths = new Set(files.map(({ path }) => path));
  return {
    files: files.length,
    bytes: files.reduce((sum, { byteCount }) => sum + byteCount, 0),
    filesNew: files.filter(({ path }) => !old.has(path)).length,
    filesLost: [...old.keys()].filter((path) => !paths.has(path)).length,
    filesChanged: files.filter(({ path, blob }) => old.has(path) && old.get(path) !== blob).length,
  };
}

async function rowFigures(folders: Folders, before: DataSetManifest | null, after: DataSetManifest): Promise<Figures> {
  const rows = await rowsOf(folders.after, after);
  const was = before === null || folders.before === null ? 0 : await rowsOf(folders.before, before);
  return { rows, rowsNew: Math.max(0, rows - was), rowsLost: Math.max(0, was - rows) };
}

/** Lines of the files that have rows, without the header of a CSV. */
async function rowsOf(folder: string, { files }: DataSetManifest): Promise<number> {
  let rows = 0;
  for (const { path } of files) {
    if (!/\.(csv|tsv|jsonl)$/.test(path)) continue;
    const lines = await linesOf(join(folder, path));
    rows += path.endsWith(".jsonl") ? lines : Math.max(0, lines - 1);
  }
  return rows;
}

async function linesOf(path: string): Promise<number> {
  const newline = 0x0a;
  let lines = 0;
  let last = newline;
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Uint8Array;
    for (const byte of bytes) if (byte === newline) lines += 1;
    last = bytes.at(-1) ?? last;
  }
  return last === newline ? lines : lines + 1;
}

async function truthFigures(folder: string, truth: string | undefined): Promise<Figures> {
  if (truth === undefined) return {};
  const { pairs } = await evaluateLinkage(folder, truth);
  return { precision: pairs.precision, recall: pairs.recall, f1: pairs.f1 };
}
