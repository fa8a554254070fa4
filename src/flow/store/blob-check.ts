import { KindredError } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";

/** Where a blob lies in any store: `ab/cdef...`. @throws argument-invalid when it is no SHA-256 */
export function blobKey(blob: string): string {
  if (!/^[0-9a-f]{64}$/.test(blob))
    throw new KindredError("argument-invalid", { seen: `the blob "${blob}"`, expected: "64 hex digits" });
  return `${blob.slice(0, 2)}/${blob.slice(2)}`;
}

/** @throws artifact-damaged when the bytes found at a place are not those asked for */
export function assertSame(place: string, expected: BlobRef, found: BlobRef): void {
  if (found.blob === expected.blob) return;
  const seen =
    found.byteCount === expected.byteCount ? `its SHA-256 is ${found.blob}` : `it has ${found.byteCount} bytes`;
  throw damageError(place, expected, seen);
}

/** The error for bytes that are gone or are not what was put. */
export function damageError(place: string, ref: BlobRef, seen: string, cause?: unknown): KindredError {
  return new KindredError("artifact-damaged", {
    seen: `an artifact is not what was written: ${seen}`,
    expected: `${ref.byteCount} bytes with SHA-256 ${ref.blob}`,
    hint: "Put back a copy of the file, or start a new run: equal bytes written again heal it",
    where: { file: place },
    cause,
  });
}
