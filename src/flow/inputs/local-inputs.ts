import { link, mkdir, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { asidePath, atATime, KindredError } from "../../base/index.ts";
import type { DataSetManifest } from "../namespace/data-set.ts";
import { readManifest } from "../namespace/manifest.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { touch } from "../store/folder-trash.ts";
import type { RunInput } from "./run-input.ts";

/** Files of a folder or glob that are fetched at a time. */
const fetchesAtATime = 4;

interface FoundInput {
  readonly input: RunInput;
  readonly manifest: DataSetManifest;
  /** What of it is asked for, below the folder of its files. */
  readonly asked: string;
}

/** Finds the files that params name. */
export interface InputPaths {
  /** The path here of what a param names; a path that is of no input stays as it is. @throws artifact-damaged */
  path(path: string): Promise<string>;
}

/**
 * The files that params of a run name, on this machine: under their own names, each a link to a copy in the store's cache, whose
 * limit holds for them as for all copies. Only what is asked for is fetched.
 */
export class LocalInputs implements InputPaths {
  private readonly inputs: readonly RunInput[];
  private readonly store: ArtifactStore;
  private readonly folder: string;
  private readonly manifests = new Map<string, Promise<DataSetManifest>>();

  /** @param folder where the links are; many processes may have the same */
  constructor(inputs: readonly RunInput[], store: ArtifactStore, folder: string) {
    this.inputs = inputs;
    this.store = store;
    this.folder = folder;
  }

  /**
   * Where what a path means is here: the path itself when it is none that the params name, or the run is of one machine. Asked again
   * it is fresh in the cache again. @throws artifact-damaged
   */
  async path(path: string): Promise<string> {
    const found = await this.find(path);
    if (found === null) return path;
    const { input, manifest, asked } = found;
    const folder = join(this.folder, input.manifest.blob);
    const isOne = manifest.files.some((file) => file.path === asked);
    const links = manifest.files.filter((file) => !isOne || file.path === asked);
    await use(folder);
    await atATime(fetchesAtATime, links, async (file) => {
      await linkTo(await this.store.path(file), join(folder, file.path), asidePath(folder));
    });
    return inside(folder, asked);
  }

  /** The input of that path, or one file of it: a relative one means what it did where the run was made. */
  private async find(path: string): Promise<FoundInput | null> {
    for (const input of this.inputs) {
      const asked = relative(input.base, resolve(input.from, path)).split(sep).join("/");
      if (asked === ".." || asked.startsWith("../")) continue;
      const manifest = await this.manifestOf(input);
      if (asked === input.rest || manifest.files.some((file) => file.path === asked)) return { input, manifest, asked };
    }
    return null;
  }

  private manifestOf({ manifest }: RunInput): Promise<DataSetManifest> {
    const known = this.manifests.get(manifest.blob) ?? readManifest(this.store, manifest);
    this.manifests.set(manifest.blob, known);
    known.catch(() => this.manifests.delete(manifest.blob));
    return known;
  }
}

/** Dates the links as used now, since what they lead to may bear the date of when it was stored: a collection goes by both. */
async function use(folder: string): Promise<void> {
  if (await touch(folder)) return;
  await mkdir(folder, { recursive: true });
}

/**
 * A hard link in its place, so that who walks the folder sees files; a symbolic one across file systems. Also when another process
 * makes it at the same time. It is made `aside`, where nobody walks.
 */
async function linkTo(target: string, path: string, aside: string): Promise<void> {
  const [there, here] = await Promise.all([stat(target), stat(path).catch(() => null)]);
  if (here?.ino === there.ino && here.dev === there.dev) return;
  await mkdir(dirname(path), { recursive: true });
  await link(target, aside).catch(() => symlink(target, aside));
  await rename(aside, path);
  // Renaming a link over another of the same file leaves both.
  await rm(aside, { force: true });
}

function inside(folder: string, asked: string): string {
  const path = asked === "" ? folder : join(folder, asked);
  if (path === folder || path.startsWith(folder + sep)) return path;
  throw new KindredError("artifact-damaged", {
    seen: `an input at ${JSON.stringify(asked)}`,
    expected: "a path within its folder",
  });
}
