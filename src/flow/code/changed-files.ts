import { fileURLToPath } from "node:url";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { archiveCode } from "./code-archive.ts";
import type { CodePin } from "./code-pin.ts";
import { readTar } from "./tar.ts";

/** How the files of a run's package and those of a module here differ, for people: `lengths.ts changed`. */
export async function changedFiles(pin: CodePin, flowModule: string, store: ArtifactStore): Promise<string[]> {
  if (pin.pack === null) return [];
  const before = filesOf(await store.get(pin.pack));
  const after = filesOf(archiveCode(fileURLToPath(flowModule)).bytes);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old === undefined) return [`${path} is new`];
    if (now === undefined) return [`${path} is gone`];
    return Buffer.compare(old, now) === 0 ? [] : [`${path} changed`];
  });
}

function filesOf(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return new Map(readTar(archive).map(({ path, bytes }) => [path, bytes]));
}
