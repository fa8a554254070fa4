import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outputMarker } from "../../base/index.ts";
import { inFolderOf } from "../fixtures/catalogues.ts";
import { folderBlobs } from "../fixtures/folder-blobs.ts";
import { publishFolder } from "./publish.ts";

const marker = { kind: "linkage", version: 1 };

test("a folder is replaced whole: files of the old one are gone, texts and blobs of the new one are there", async () => {
  await inFolderOf({}, async (folder) => {
    const blobs = await folderBlobs(join(folder, "blobs"));
    const out = join(folder, "out");
    await publishFolder(blobs, out, [{ path: "old.csv", content: "old" }], marker);
    const arrow = await blobs.put(Buffer.from([1, 2, 3]), "x.arrow");
    const files = [
      { path: "matches.csv", content: "ü\n" },
      { path: "detail/deep/x", content: arrow },
    ];
    await publishFolder(blobs, out, files, marker);
    expect((await readdir(out)).sort()).toEqual([outputMarker, "detail", "matches.csv"]);
    expect(await readFile(join(out, "matches.csv"), "utf8")).toBe("ü\n");
    expect([...(await readFile(join(out, "detail/deep/x")))]).toEqual([1, 2, 3]);
    expect(JSON.parse(await readFile(join(out, outputMarker), "utf8"))).toEqual(marker);
  });
});

test("a file that several tasks made is its header and their parts in order, and empty parts leave no trace", async () => {
  await inFolderOf({}, async (folder) => {
    const blobs = await folderBlobs(join(folder, "blobs"));
    const parts = [];
    for (const text of ["1,ü\n", "", "2\n"]) parts.push(await blobs.put(Buffer.from(text)));
    await publishFolder(blobs, join(folder, "out"), [{ path: "x.csv", content: { header: "id\n", parts } }], marker);
    expect(await readFile(join(folder, "out/x.csv"), "utf8")).toBe("id\n1,ü\n2\n");
  });
});

test("what cannot be published leaves the old folder as it was, and nothing half written beside it", async () => {
  await inFolderOf({}, async (folder) => {
    const blobs = await folderBlobs(join(folder, "blobs"));
    const out = join(folder, "out");
    await publishFolder(blobs, out, [{ path: "matches.csv", content: "whole" }], marker);
    const gone = { blob: "0".repeat(64), byteCount: 1 };
    const files = [
      { path: "matches.csv", content: "half" },
      { path: "detail/gone", content: gone },
    ];
    await expect(publishFolder(blobs, out, files, marker)).rejects.toThrow();
    expect(await readFile(join(out, "matches.csv"), "utf8")).toBe("whole");
    expect((await readdir(folder)).sort()).toEqual(["blobs", "out"]);
  });
});

test("a folder that somebody else filled is refused, and not touched", async () => {
  await inFolderOf({ "out/thesis.txt": "mine" }, async (folder) => {
    const blobs = await folderBlobs(join(folder, "blobs"));
    const published = publishFolder(blobs, join(folder, "out"), [{ path: "a", content: "a" }], marker);
    await expect(published).rejects.toMatchObject({ code: "output-refused" });
    expect(await readdir(join(folder, "out"))).toEqual(["thesis.txt"]);
    expect((await readdir(folder)).sort()).toEqual(["blobs", "out"]);
  });
});

test("a folder is made where there is none, parents and all, and an empty one is filled", async () => {
  await inFolderOf({}, async (folder) => {
    const blobs = await folderBlobs(join(folder, "blobs"));
    await publishFolder(blobs, join(folder, "deep/er/out"), [{ path: "a", content: "a" }], marker);
    await mkdir(join(folder, "empty"));
    await publishFolder(blobs, join(folder, "empty"), [{ path: "a", content: "a" }], marker);
    for (const out of ["deep/er/out", "empty"]) expect(await readFile(join(folder, out, "a"), "utf8")).toBe("a");
  });
});

test("a file in the place of the folder is refused", async () => {
  await inFolderOf({}, async (folder) => {
    const blobs = await folderBlobs(join(folder, "blobs"));
    await writeFile(join(folder, "out"), "a file");
    const published = publishFolder(blobs, join(folder, "out"), [], marker);
    await expect(published).rejects.toMatchObject({ code: "output-refused" });
    expect(await readFile(join(folder, "out"), "utf8")).toBe("a file");
  });
});
