import type { BlobRef, DataSets } from "../../flow/index.ts";
import { compareVersions } from "./compare-versions.ts";
import type { Figures } from "./figures.ts";

/** What a version of a data set holds. */
export interface VersionFigures {
  readonly kind: string;
  /** `records`, `matches` and `entities` of a linkage, `rows` of anything else, and `files` and `bytes` of all. */
  readonly figures: Figures;
}

/** A larger version is not read to be counted: its files and bytes are known without. */
const countedBytesMax = 2 ** 30;

const held = ["records", "matches", "entities", "rows", "files", "bytes"];

/** Counts what a version holds, in the figures that gates have. @throws artifact-damaged */
export async function versionFigures(dataSets: DataSets, manifest: BlobRef): Promise<VersionFigures> {
  const { kind, files } = await dataSets.manifest(manifest);
  const bytes = files.reduce((sum, { byteCount }) => sum + byteCount, 0);
  if (bytes > countedBytesMax) return { kind, figures: { files: files.length, bytes } };
  return compareVersions(dataSets, { before: null, after: manifest }, undefined, async ({ figures }) => {
    return { kind, figures: Object.fromEntries(Object.entries(figures).filter(([name]) => held.includes(name))) };
  });
}
