import { open, stat } from "node:fs/promises";
import type { BlobRef } from "../blob.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { StoredLog } from "./attempt-logs.ts";

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly ref: BlobRef;
}

const lineEnd = 10;

/**
 * A log file as pieces in a store, each longer than all after it: new lines become a piece together with those before that would be
 * no longer. So there are at most as many pieces as the length has binary digits, and no byte is stored more often than that,
 * however often lines come.
 */
export class LogPieces {
  private readonly path: string;
  private readonly store: ArtifactStore;
  private pieces: readonly Piece[] = [];

  constructor(path: string, store: ArtifactStore) {
    this.path = path;
    this.store = store;
  }

  /** What is stored. */
  get stored(): StoredLog {
    return this.pieces.map(({ ref }) => ref);
  }

  /** Stores the whole lines that the file has got since; false when there are none. @throws what the store throws */
  async add(): Promise<boolean> {
    const written = this.pieces.at(-1)?.end ?? 0;
    const size = await stat(this.path).then(
      (found) => found.size,
      () => 0,
    );
    if (size <= written) return false;
    const short = this.pieces.findIndex((piece) => isShort(piece, size));
    const kept = short < 0 ? this.pieces : this.pieces.slice(0, short);
    const start = kept.at(-1)?.end ?? 0;
    const read = await bytesOf(this.path, start, size);
    const bytes = read.subarray(0, read.lastIndexOf(lineEnd) + 1);
    if (start + bytes.length <= written) return false;
    const ref = await this.store.put(bytes);
    this.pieces = [...kept, { start, end: start + bytes.length, ref }];
    return true;
  }
}

/** No longer than all that comes after it. */
function isShort({ start, end }: Piece, size: number): boolean {
  return end - start <= size - end;
}

async function bytesOf(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
