import { TextDecoder } from "node:util";
import { KindredError } from "../../base/index.ts";
import type { SourceEncoding } from "./source-layout.ts";

/** Bytes 0x80 to 0x9f of windows-1252, where it differs from Latin-1. Source: encoding.spec.whatwg.org/index-windows-1252.txt */
const upper =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** Decodes a span of bytes. */
export type SpanDecoder = (bytes: Buffer, start: number, end: number) => string;

/** The decoder of spans for an encoding; UTF-16 is turned into UTF-8 before it gets here. */
export function spanDecoder(encoding: SourceEncoding): SpanDecoder {
  if (encoding !== "windows-1252") return (bytes, start, end) => bytes.toString("utf8", start, end);
  return (bytes, start, end) =>
    bytes.toString("latin1", start, end).replace(/[\x80-\x9f]/g, (sign) => upper[sign.charCodeAt(0) - 0x80] as string);
}

/**
 * Takes the byte order mark off, and turns UTF-16 into UTF-8.
 * @throws source-encoding when UTF-16 is cut short or has half a pair
 */
export async function* toUtf8(
  chunks: AsyncIterable<Buffer>,
  encoding: SourceEncoding | null,
  markLength: number,
  file: string,
): AsyncGenerator<Buffer> {
  const wide = encoding === "utf-16le" || encoding === "utf-16be";
  const decoder = wide ? new TextDecoder(encoding, { fatal: true, ignoreBOM: true }) : null;
  let toSkip = markLength;
  for await (const chunk of chunks) {
    const bytes = toSkip === 0 ? chunk : chunk.subarray(toSkip);
    toSkip = Math.max(0, toSkip - chunk.length);
    yield decoder ? decodeWide(decoder, bytes, file) : bytes;
  }
  if (decoder) decodeWide(decoder, undefined, file);
}

function decodeWide(decoder: TextDecoder, bytes: Buffer | undefined, file: string): Buffer {
  try {
    return Buffer.from(bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode());
  } catch (cause) {
    throw new KindredError("source-encoding", {
      seen: `bytes that are not ${decoder.encoding.toUpperCase()}`,
      expected: "whole characters up to the end of the file",
      where: { file },
      cause,
    });
  }
}
