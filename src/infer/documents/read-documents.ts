import { readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { KindredError } from "../../base/index.ts";
import { assertDocumentSize, assertDocuments, type Document } from "./document.ts";
import { findDocumentFiles } from "./find-files.ts";
import { readFrontMatter } from "./front-matter.ts";
import { readJsonLines } from "./read-json-lines.ts";

/** The largest .jsonl file, in bytes: it is read whole. */
const maxDocumentFileBytes = 256 * 1024 * 1024;

/**
 * Reads documents from .txt, .md and .jsonl files, given as files, folders or globs. A file named twice is read once.
 * @throws source-missing, source-empty, source-encoding, source-malformed, source-duplicate-id, limit-exceeded, each
 * with the file and, where there is one, the line
 */
export async function readDocuments(paths: readonly string[]): Promise<Document[]> {
  const files = new Set((await Promise.all(paths.map(findDocumentFiles))).flat());
  const documents: Document[] = [];
  for (const file of files) documents.push(...(await readDocumentFile(file)));
  assertDocuments(documents);
  return documents;
}

async function readDocumentFile(file: string): Promise<Document[]> {
  const lines = extname(file).toLowerCase() === ".jsonl";
  await assertFileSize(file, lines);
  const text = decoded(await readFile(file), file);
  if (text.trim() === "") {
    throw new KindredError("source-empty", { seen: "the file is empty", expected: "some text", where: { file } });
  }
  if (lines) return readJsonLines(text, file);
  const head = extname(file).toLowerCase() === ".md" ? readFrontMatter(text, file) : {};
  return [{ id: file, text, title: basename(file, extname(file)), ...head }];
}

async function assertFileSize(file: string, lines: boolean): Promise<void> {
  const { size } = await stat(file);
  if (!lines) return assertDocumentSize(size, { file });
  if (size <= maxDocumentFileBytes) return;
  throw new KindredError("limit-exceeded", {
    seen: `the file has ${size} bytes`,
    expected: `at most ${maxDocumentFileBytes}`,
    hint: "Split it into several files",
    where: { file },
  });
}

/** A byte order mark stays in the text, so that offsets remain those of the file. */
function decoded(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const row = lineOfFirstBadByte(bytes);
    throw new KindredError("source-encoding", {
      seen: "the bytes are not UTF-8",
      expected: "a text in UTF-8",
      hint: `Convert it first, such as: iconv -f LATIN1 -t UTF-8 ${file}`,
      where: { file, row },
      cause,
    });
  }
}

/** A line break never lies inside a multi-byte character, so lines can be tried one by one. */
function lineOfFirstBadByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let start = 0;
  for (let row = 1; start <= bytes.length; row++) {
    const found = bytes.indexOf(10, start);
    const end = found === -1 ? bytes.length : found;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return row;
    }
    start = end + 1;
  }
  return 1;
}
