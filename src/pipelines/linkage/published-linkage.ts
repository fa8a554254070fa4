import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { KindredError, sha256 } from "../../base/index.ts";
import type { BlobRef } from "../../flow/index.ts";
import type { Clustered } from "./clustered.ts";
import type { LinkageState } from "./linkage-state.ts";
import type { LinkageParams } from "./params.ts";

/** Where a published folder keeps what `explain`, `decide` and `undo` need. */
export const detailFolder = "detail";

/** The file of {@link detailFolder} that says what the others are. */
export const detailIndex = "index.json";

/** Changed with the shape of {@link DetailIndex}: a folder of another version is written anew. */
export const indexVersion = 3;

/** The content of {@link detailIndex}. */
export interface DetailIndex {
  readonly version: typeof indexVersion;
  readonly run: string;
  readonly params: LinkageParams;
  readonly state: LinkageState;
  readonly clustered: Clustered;
}

/** A published linkage, opened for reading. */
export interface PublishedLinkage extends DetailIndex {
  /** The folder that was published. */
  readonly directory: string;
  readonly blobs: {
    /** The bytes of a reference that the index holds, checked against their hash. */
    get(ref: BlobRef): Promise<Uint8Array>;
    /** The file that holds them. */
    pathOf(ref: BlobRef): string;
  };
}

/**
 * Opens what `kindred link` published.
 * @throws not-found when the folder is not a published linkage; artifact-damaged when a file of it is not whole
 */
export async function openLinkage(directory: string): Promise<PublishedLinkage> {
  const path = join(directory, detailFolder, detailIndex);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new KindredError("not-found", {
      seen: "no linkage is published here",
      expected: "a folder that `kindred link` or `kindred demo` wrote",
      hint: "Name it with --dir, or run `kindred demo` first",
      where: { file: directory },
      cause,
    });
  });
  const index = parseIndex(text, path);
  const pathOf = (ref: BlobRef): string => join(directory, detailFolder, ref.blob);
  return { ...index, directory, blobs: { pathOf, get: (ref) => readChecked(pathOf(ref), ref) } };
}

function parseIndex(text: string, path: string): DetailIndex {
  try {
    const index = JSON.parse(text) as DetailIndex;
    if (index.version === indexVersion) return index;
  } catch {
    // What is no JSON is told below like what is of another version.
  }
  throw new KindredError("artifact-damaged", {
    seen: "an index that cannot be read",
    expected: `one of version ${indexVersion}, whole`,
    hint: "Link again to publish it anew",
    where: { file: path },
  });
}

async function readChecked(path: string, ref: BlobRef): Promise<Uint8Array> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes && sha256(bytes) === ref.blob) return bytes;
  throw new KindredError("artifact-damaged", {
    seen: bytes ? "bytes that are not those that were published" : "a file is gone",
    expected: `${ref.name ?? "a file"} with SHA-256 ${ref.blob}`,
    hint: "Link again to publish it anew",
    where: { file: path },
  });
}
