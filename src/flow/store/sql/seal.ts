import { crc32 } from "node:zlib";
import type { StoredArtifact } from "../../run-record.ts";
import { damagedColumn, fromColumn } from "./json-column.ts";

/**
 * SQLite knows when its log is torn, and not when bytes of a page changed: a result that lies in the metadata would come back
 * as another. So what decides results is kept with a check sum over itself and its place. It guards against damage, not malice.
 */
function sealOf(place: string, text: string): string {
  return crc32(`${place} ${text}`).toString(16).padStart(8, "0");
}

/** The place of a task's artifact for its seal. */
export function taskPlace(position: number, item: number): string {
  return `${position}/${item}`;
}

/** The place of a step's artifact for its seal. */
export function stepPlace(position: number): string {
  return `${position}`;
}

/** The place of a step's items for its seal. */
export function itemsPlace(position: number): string {
  return `${position}/items`;
}

/** The column of an artifact that belongs to a place, such as `2/17` for a task by the position of its step and its index. */
export function sealedArtifact(place: string, artifact: StoredArtifact): string {
  const { seal: _, ...plain } = artifact as StoredArtifact & { seal?: string };
  return JSON.stringify({ ...plain, seal: sealOf(place, JSON.stringify(plain)) });
}

const artifactFields = new Set(["inline", "blob", "byteCount", "name"]);

/** The artifact of a column. One that was written before there were seals has none. @throws artifact-damaged */
export function unsealedArtifact(place: string, column: string): StoredArtifact {
  const { seal, ...artifact } = fromColumn<StoredArtifact & { seal?: string }>(column);
  const isWhole = seal === undefined || seal === sealOf(place, JSON.stringify(artifact));
  if (!isWhole || Object.keys(artifact).some((field) => !artifactFields.has(field))) throw damagedColumn();
  return artifact as StoredArtifact;
}

/** The same of a column that may have none. @throws artifact-damaged */
export function unsealedOptional(place: string, column: string | null): StoredArtifact | null {
  return column === null ? null : unsealedArtifact(place, column);
}

/** The column of the code of a run, which seals what the run is made of too. */
export function sealedCode(code: object, params: string, graph: string): string {
  const { seal: _, ...plain } = code as { seal?: string };
  return JSON.stringify({ ...plain, seal: sealOf(`${params} ${graph}`, JSON.stringify(plain)) });
}

/** The code of a run, once it and what it seals were found whole. @throws artifact-damaged */
export function unsealedCode<Code extends object>(column: string, params: string, graph: string): Code {
  const { seal, ...code } = fromColumn<Code & { seal?: string }>(column);
  if (seal !== undefined && seal !== sealOf(`${params} ${graph}`, JSON.stringify(code))) throw damagedColumn();
  return code as unknown as Code;
}
