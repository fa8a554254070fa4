import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../base/index.ts";

/** Which metadata has rows about what is in a folder: a file each, named by its identity. */
export class FolderOwners {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = join(folder, "owners");
  }

  async add(identity: string, place: string): Promise<void> {
    if (!(await this.all()).has(identity)) await writeFileAtomic(join(this.folder, identity), place);
  }

  /** What people know them by, by identity. */
  async all(): Promise<ReadonlyMap<string, string>> {
    const names = (await readdir(this.folder).catch(() => [])).filter((name) => !name.startsWith("."));
    const places = names.map(async (name) => [name, await readFile(join(this.folder, name), "utf8")] as const);
    return new Map(await Promise.all(places));
  }
}
