import { rm } from "node:fs/promises";
import { stableJson, writeOutputFile } from "../base/index.ts";
import type { ExtractionResult } from "./extract-claims.ts";

/** Where the parts of an extraction are written, beside the claims. */
export interface ClaimFiles {
  readonly claims: string;
  /** What did not become a claim, with reasons. */
  readonly rejected: string;
  /** Claims that contradict each other by number; line numbers of `claims`, from 1. Absent if there are none. */
  readonly conflicts: string;
}

/** The names of the files that {@link writeClaims} writes for an output `file`. */
export function claimFilesOf(file: string): ClaimFiles {
  return { claims: file, rejected: `${file}.rejected.jsonl`, conflicts: `${file}.conflicts.jsonl` };
}

/**
 * Writes an extraction as JSON Lines, keys sorted, each file aside and then renamed into place; the claims come last,
 * so where they are, the rest is too.
 * @throws refused in a folder that is held; disk-full
 */
export async function writeClaims(file: string, result: ExtractionResult): Promise<ClaimFiles> {
  const files = claimFilesOf(file);
  await writeOutputFile(files.rejected, jsonLines(result.rejected));
  if (result.conflicts.length === 0) await rm(files.conflicts, { force: true });
  else await writeOutputFile(files.conflicts, jsonLines(result.conflicts.map(withLines)));
  await writeOutputFile(files.claims, jsonLines(result.claims));
  return files;
}

function withLines({ claimIndices, ...rest }: ExtractionResult["conflicts"][number]): unknown {
  return { ...rest, lines: claimIndices.map((index) => index + 1) };
}

function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${stableJson(value)}\n`).join("");
}
