import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sha256 } from "../../base/index.ts";
import { FolderStore } from "./folder-store.ts";

const bytes = new TextEncoder().encode("Knives Out");
const address = sha256(bytes);

function emptyStore() {
  const folder = mkdtempSync(join(tmpdir(), "kindred-blobs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "blobs", address.slice(0, 2), address.slice(2));
  return { store: new FolderStore(join(folder, "blobs")), folder, path };
}

test("bytes put are got again, from the path that their hash names", async () => {
  const { store, path } = emptyStore();
  const refs = await Promise.all([store.put(bytes), store.put(bytes), store.put(bytes)]);
  expect(refs).toEqual([1, 2, 3].map(() => ({ blob: address, byteCount: 10 })));
  expect(readFileSync(path, "utf8")).toBe("Knives Out");
  expect(await store.path(refs[0] as { blob: string; byteCount: number })).toBe(path);
});

test("a file is copied, or moved when it may be", async () => {
  const { store, folder, path } = emptyStore();
  const file = join(folder, "file");
  writeFileSync(file, bytes);
  expect(await store.putFile(file, false)).toEqual({ blob: address, byteCount: 10 });
  expect(existsSync(file)).toBe(true);
  await store.putFile(file, true);
  expect(existsSync(file)).toBe(false);
  expect(readFileSync(path, "utf8")).toBe("Knives Out");
});

test.each([
  ["shorter", (path: string) => truncateSync(path, 4)],
  ["changed", (path: string) => writeFileSync(path, "Knives In!")],
  ["gone", (path: string) => rmSync(path)],
])("a blob that is %s is damaged for whoever reads it, and putting it again heals a torn one", async (how, damage) => {
  const { store, path } = emptyStore();
  const ref = await store.put(bytes);
  damage(path);
  await expect(store.get(ref)).rejects.toMatchObject({ code: "artifact-damaged", parts: { where: { file: path } } });
  await expect(store.path(ref)).rejects.toMatchObject({ code: "artifact-damaged" });
  if (how === "changed") return;
  await store.put(bytes);
  expect(await store.get(ref)).toEqual(Buffer.from(bytes));
});
