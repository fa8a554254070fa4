import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stableJson } from "../../base/index.ts";
import { encodeTable, type Table } from "../../columns/index.ts";
import { maxUnresolvedLines } from "../limits.ts";
import { type GraphManifest, graphFiles, graphFormatVersion } from "../store/manifest.ts";
import type { Draft } from "./draft.ts";
import { claimTable, entityTable, memberTable, passageTable, provenanceTable } from "./graph-tables.ts";
import type { Settled } from "./settle.ts";
import { compareTexts } from "./sort-rows.ts";
import { tokenTable } from "./token-table.ts";
import { writeTexts } from "./write-texts.ts";

/** Writes a settled draft into a folder that exists. */
export async function writeGraph(draft: Draft, settled: Settled, directory: string): Promise<GraphManifest> {
  const write = (file: string, table: Table): Promise<void> => writeFile(join(directory, file), encodeTable(table));
  const textStarts = writeTexts(draft, settled, join(directory, graphFiles.texts));
  await write(graphFiles.entities, entityTable(draft, settled));
  await write(graphFiles.members, memberTable(draft, settled));
  await write(graphFiles.claims, claimTable(draft, settled, textStarts));
  await write(graphFiles.provenance, provenanceTable(draft, settled));
  await write(graphFiles.passages, passageTable(draft, settled));
  await write(graphFiles.tokens, tokenTable(draft, settled));
  const unresolved = draft.unresolved.map((item) => stableJson(item)).sort(compareTexts);
  const lines = unresolved.slice(0, maxUnresolvedLines).map((line) => `${line}\n`);
  await writeFile(join(directory, graphFiles.unresolved), lines.join(""));
  const manifest = manifestOf(draft, settled);
  await writeFile(join(directory, graphFiles.manifest), `${stableJson(manifest, 2)}\n`);
  return manifest;
}

function manifestOf(draft: Draft, settled: Settled): GraphManifest {
  const { codes } = draft;
  const { claims } = settled;
  const relationName = (code: number): string => codes.relation(code).name;
  const rejected = [...claims.rejected].map(([code, count]) => [relationName(code), count] as const);
  return {
    formatVersion: graphFormatVersion,
    ontology: codes.ontology,
    sources: [...draft.records.sourceNames],
    counts: {
      entities: draft.entities.length,
      members: draft.records.ids.length,
      claims: claims.count,
      provenance: claims.origins.length,
      unresolved: draft.unresolved.length,
      entitiesByType: tally(settled.types, (code) => codes.typeName(code)),
      claimsByRelation: tally(claims.relations, relationName),
      rejectedByRelation: Object.fromEntries(rejected),
    },
  };
}

function tally(codes: Int32Array, nameOf: (code: number) => string): Record<string, number> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].map(([code, count]) => [nameOf(code), count]));
}
