import { KindredError } from "../../../base/index.ts";

/** The longest record that is read; a longer one is a sign of a missing quote or bracket. */
const recordBytesMax = 64 * 1024 * 1024;

/** Where records lie in a piece of a file: found without decoding, so a sample need not parse what it passes over. */
export interface RecordSpans {
  readonly bytes: Buffer;
  /** Where `bytes` begins in the stream. */
  readonly offset: number;
  /** The first byte of each record. */
  readonly starts: number[];
  /** The byte after the last of each record. */
  readonly ends: number[];
  /** The line of the file where each record begins, from 1. */
  readonly lines: number[];
}

/** Finds the ends of records in bytes that come piece by piece. */
export interface RecordSplitter {
  /**
   * Adds the whole records in `spans.bytes` to `spans` and returns where the first unfinished one begins: the next piece
   * starts with those bytes again. `last` says that no more will come.
   */
  split(spans: RecordSpans, last: boolean): number;
}

/**
 * The records of a stream of bytes, piece by piece.
 * @throws limit-exceeded when a record is longer than {@link recordBytesMax}
 */
export async function* splitRecords(
  chunks: AsyncIterable<Buffer>,
  splitter: RecordSplitter,
  file: string,
): AsyncGenerator<RecordSpans> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of chunks) {
    const spans = spansOf(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), offset);
    const used = splitter.split(spans, false);
    rest = spans.bytes.subarray(used);
    offset += used;
    if (spans.starts.length > 0) yield spans;
    checkRecordLength(rest.length, file);
  }
  const spans = spansOf(rest, offset);
  splitter.split(spans, true);
  if (spans.starts.length > 0) yield spans;
}

/** An empty list of records over bytes that begin at `offset` in their stream. */
export function spansOf(bytes: Buffer, offset: number): RecordSpans {
  return { bytes, offset, starts: [], ends: [], lines: [] };
}

/** @throws limit-exceeded when a record is longer than {@link recordBytesMax} */
export function checkRecordLength(length: number, file: string): void {
  if (length <= recordBytesMax) return;
  throw new KindredError("limit-exceeded", {
    seen: `a record of more than ${length} bytes`,
    expected: `at most ${recordBytesMax} bytes a record`,
    hint: "A quote or bracket that is never closed may join many records",
    where: { file },
  });
}
