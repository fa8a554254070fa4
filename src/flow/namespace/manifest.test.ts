import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FolderStore } from "../store/folder-store.ts";
import { checkOut, readManifest, storeFolder } from "./manifest.ts";

function workFolder() {
  const folder = mkdtempSync(join(tmpdir(), "kindred-manifest-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const source = join(folder, "source");
  mkdirSync(join(source, "deep", "er"), { recursive: true });
  writeFileSync(join(source, "b.csv"), "id\n1\n");
  writeFileSync(join(source, "deep", "er", "a.txt"), "hello");
  return { folder, source, store: new FolderStore(join(folder, "blobs")) };
}

test("a folder that is stored is written again as it was, as copies that change no version", async () => {
  const { folder, source, store } = workFolder();
  const { manifest, byteCount } = await storeFolder(store, source, "files", false);
  expect(byteCount).toBe(10);
  expect((await storeFolder(store, source, "files", true)).manifest).toEqual(manifest);
  const found = await readManifest(store, manifest);
  for (const copy of ["one", "two"]) {
    await checkOut(store, found, join(folder, copy));
    expect(readdirSync(join(folder, copy), { recursive: true }).sort()).toEqual([
      "b.csv",
      "deep",
      "deep/er",
      "deep/er/a.txt",
    ]);
    expect(readFileSync(join(folder, copy, "b.csv"), "utf8")).toBe("id\n1\n");
    writeFileSync(join(folder, copy, "b.csv"), "changed");
  }
});

test.each(["../out", "/etc/x", "a/../../b", "", "a//b", "a\\..\\b", "."])(
  "a manifest with the file %j is damaged, and nothing is written",
  async (path) => {
    const { folder, store } = workFolder();
    const file = { path, ...(await store.put(new Uint8Array([1]))) };
    const forged = { version: 1, kind: "files", files: [file] } as const;
    const ref = await store.put(new TextEncoder().encode(JSON.stringify(forged)));
    await expect(readManifest(store, ref)).rejects.toMatchObject({ code: "artifact-damaged" });
    await expect(checkOut(store, forged, join(folder, "copy"))).rejects.toMatchObject({ code: "artifact-damaged" });
    expect(readdirSync(folder).sort()).toEqual(["blobs", "source"]);
  },
);
