import { KindredError } from "../../base/index.ts";
import type { Mention } from "../../ontology/index.ts";

/** A text to extract claims from. Its `text` is the whole file, so a claim's byte offsets are the file's own. */
export interface Document {
  /** Unique among the documents of one call: the path, or `path#id` for a line of JSON Lines. */
  readonly id: string;
  readonly text: string;
  readonly title?: string;
  /** What the whole document is about, as a hint: gives that thing its type and year where the text leaves them out. */
  readonly about?: Mention;
  /** Index into `text`, in UTF-16 units, where the prose begins; front matter before it is never quoted. */
  readonly bodyStart?: number;
}

/** The longest document, in UTF-8 bytes. */
export const maxDocumentBytes = 4 * 1024 * 1024;
/** The most documents in one call. */
export const maxDocuments = 1_000_000;

/**
 * Checks documents however they were made: unique ids, well-formed Unicode (so that byte offsets exist), size.
 * @throws source-duplicate-id, source-encoding, limit-exceeded
 */
export function assertDocuments(documents: readonly Document[]): void {
  if (documents.length > maxDocuments) throw tooMany(documents.length);
  const ids = new Set<string>();
  for (const document of documents) {
    const where = { file: document.id };
    if (ids.has(document.id)) {
      throw new KindredError("source-duplicate-id", {
        seen: `two documents have the id "${document.id}"`,
        expected: "an id of its own for each document",
        where,
      });
    }
    ids.add(document.id);
    if (!document.text.isWellFormed()) {
      throw new KindredError("source-encoding", {
        seen: "the text holds half of a surrogate pair, which UTF-8 cannot write",
        expected: "well-formed Unicode text",
        where,
      });
    }
    assertDocumentSize(Buffer.byteLength(document.text), where);
  }
}

/** @throws limit-exceeded for more than {@link maxDocumentBytes} */
export function assertDocumentSize(bytes: number, where: { file: string; row?: number }): void {
  if (bytes <= maxDocumentBytes) return;
  throw new KindredError("limit-exceeded", {
    seen: `the document has ${bytes} bytes`,
    expected: `at most ${maxDocumentBytes}`,
    hint: "Split it into several documents, or into lines of a .jsonl file",
    where,
  });
}

/** The error for more than {@link maxDocuments} documents. */
export function tooMany(count: number): KindredError {
  return new KindredError("limit-exceeded", {
    seen: `${count} documents`,
    expected: `at most ${maxDocuments} in one call`,
    hint: "Extract from them in several calls",
  });
}
