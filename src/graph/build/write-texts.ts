import { closeSync, openSync, writeSync } from "node:fs";
import type { Draft } from "./draft.ts";
import type { Settled } from "./settle.ts";
import { objectKinds } from "./statement-log.ts";

const flushBytes = 1 << 20;

/**
 * Writes the texts of claims as one JSON string a line, in the order of the claims that say them first, and returns
 * where each text of the spool starts, in bytes; -1 for a text that no claim kept.
 */
export function writeTexts(draft: Draft, settled: Settled, path: string): Float64Array {
  const starts = new Float64Array(draft.texts.hashes.length).fill(-1);
  const { claims } = settled;
  const file = openSync(path, "w");
  try {
    let [pending, pendingBytes, written]: [Buffer[], number, number] = [[], 0, 0];
    const flush = (): void => {
      const bytes = Buffer.concat(pending);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      [pending, pendingBytes, written] = [[], 0, written + bytes.length];
    };
    for (let claim = 0; claim < claims.count; claim++) {
      const text = claims.objects[claim] as number;
      if (claims.objectKinds[claim] !== objectKinds.text || starts[text] !== -1) continue;
      starts[text] = written + pendingBytes;
      const line = Buffer.from(`${JSON.stringify(draft.texts.read(text))}\n`);
      pending.push(line);
      pendingBytes += line.length;
      if (pendingBytes >= flushBytes) flush();
    }
    flush();
    return starts;
  } finally {
    closeSync(file);
  }
}
