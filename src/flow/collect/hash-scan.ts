/** A hash that stands by itself: of 64 hex digits, no more. */
const hashes = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/**
 * Whatever may be the hash of a blob in a text, wherever and in whatever form it stands: a result may keep its references in a
 * list of its own. What is none names no blob.
 */
export function hashesIn(text: string): readonly string[] {
  return text.match(hashes) ?? [];
}

/** Finds hashes in a text that comes in pieces. */
export class HashScan {
  private tail = "";

  /** The hashes that end in this piece. Where a piece begins or ends, a longer run of digits may pass for one. */
  next(piece: Uint8Array): readonly string[] {
    const text = this.tail + Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString("latin1");
    this.tail = text.slice(-64);
    return hashesIn(text);
  }
}

/** Whether bytes begin as JSON does, or as a file of JSON lines: such a blob may name others. */
export function isJsonLike(start: Uint8Array): boolean {
  const text = Buffer.from(start.buffer, start.byteOffset, Math.min(start.byteLength, 256)).toString("latin1");
  return /^(\xef\xbb\xbf)?\s*[[{"]/.test(text);
}
