import { glob, readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { KindredError } from "../../base/index.ts";
import { maxDocuments, tooMany } from "./document.ts";

/** The files documents are read from, by their ends. */
const documentExtensions = [".txt", ".md", ".jsonl"] as const;

const globSigns = /[*?[\]{}]/;

/**
 * The document files that a path names: a file, a folder (read with its subfolders) or a glob; sorted, so order never
 * depends on the file system.
 * @throws source-missing, source-empty, argument-invalid, limit-exceeded
 */
export async function findDocumentFiles(path: string): Promise<string[]> {
  const kind = await stat(path).catch(() => undefined);
  if (kind?.isFile()) return [assertKnownExtension(path)];
  if (kind?.isDirectory()) return someFiles(path, await filesOfFolder(path));
  if (globSigns.test(path)) return someFiles(path, await filesOfGlob(path));
  throw new KindredError("source-missing", {
    seen: "no such file or folder",
    expected: `a file (${documentExtensions.join(", ")}), a folder or a glob`,
    where: { file: path },
  });
}

async function filesOfFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function filesOfGlob(pattern: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern)) {
    if (files.length >= maxDocuments) throw tooMany(files.length + 1);
    files.push(file);
  }
  return files;
}

function someFiles(path: string, files: readonly string[]): string[] {
  const documents = files.filter(isDocumentFile).sort();
  if (documents.length > 0) return documents;
  throw new KindredError("source-empty", {
    seen: `none of the ${files.length} files there is a document`,
    expected: `files that end in ${documentExtensions.join(", ")}`,
    where: { file: path },
  });
}

function isDocumentFile(file: string): boolean {
  return (documentExtensions as readonly string[]).includes(extname(file).toLowerCase());
}

function assertKnownExtension(file: string): string {
  if (isDocumentFile(file)) return file;
  throw new KindredError("argument-invalid", {
    seen: `the file ends in "${extname(file)}"`,
    expected: `a document: ${documentExtensions.join(", ")}`,
    where: { file },
  });
}
