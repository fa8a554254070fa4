import { inspect } from "node:util";
import { KindredError } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import type { StoredArtifact } from "../run-record.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { storeJson } from "./result.ts";

/** Writes the items of a foreach as they come, a page a window; of all of them only the keys stay in memory. */
export class ItemWriter {
  private readonly store: ArtifactStore;
  private readonly pages: StoredArtifact[] = [];
  private readonly indexByKey = new Map<string, number>();
  private keys: string[] = [];
  private items: unknown[] = [];
  private sizes: number[] = [];

  constructor(store: ArtifactStore) {
    this.store = store;
  }

  get width(): number {
    return this.indexByKey.size;
  }

  /** @throws config-invalid when the key is none or there was one like it, limit-exceeded */
  async add(key: unknown, item: unknown, size: unknown, prefix = ""): Promise<void> {
    const index = this.width;
    assertKey(key, index);
    if (size !== undefined) this.sizes.push(sizeOf(size, index));
    const full = `${prefix}${key}`;
    const other = this.indexByKey.get(full);
    if (other !== undefined) throw duplicateKey(full, other, index);
    if (index >= flowLimits.foreachItems) throw tooMany();
    this.indexByKey.set(full, index);
    this.keys.push(full);
    this.items.push(item);
    if (this.keys.length === flowLimits.windowTasks) await this.flush();
  }

  /** The pages, when the last item is added. */
  async end(): Promise<readonly StoredArtifact[]> {
    if (this.keys.length > 0) await this.flush();
    return this.pages;
  }

  private async flush(): Promise<void> {
    const sizes = this.sizes.length === 0 ? {} : { sizes: this.sizes };
    const page = { keys: this.keys, items: this.items, ...sizes };
    this.keys = [];
    this.sizes = [];
    this.items = [];
    this.pages.push(await storeJson(page, flowLimits.pageBytes, this.store, "a page of items"));
  }
}

function assertKey(key: unknown, index: number): asserts key is string {
  if (typeof key === "string" && key.length > 0 && key.length <= flowLimits.keyLength) return;
  throw new KindredError("config-invalid", {
    seen: `item ${index} has the key ${keyText(key)}`,
    expected: `a text of 1 to ${flowLimits.keyLength} characters`,
  });
}

/** A key may be anything, of any length. */
function keyText(key: unknown): string {
  if (typeof key !== "string") return inspect(key, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
  const { keyLength } = flowLimits;
  const end = key.length > keyLength ? `… of ${key.length} characters` : "";
  return `${JSON.stringify(key.slice(0, keyLength))}${end}`;
}

function sizeOf(size: unknown, index: number): number {
  if (typeof size === "number" && Number.isFinite(size)) return size;
  throw new KindredError("config-invalid", { seen: `item ${index} has the size ${size}`, expected: "a number" });
}

function duplicateKey(key: string, first: number, second: number): KindredError {
  return new KindredError("config-invalid", {
    seen: `items ${first} and ${second} have the same key "${key}"`,
    expected: "a key of its own for each item",
    hint: "The key names the task for logs and resume: build it from what tells the items apart",
  });
}

function tooMany(): KindredError {
  return new KindredError("limit-exceeded", {
    seen: `more than ${flowLimits.foreachItems} items`,
    expected: `at most ${flowLimits.foreachItems}`,
    hint: "Give each task several: yield batches of items",
  });
}
