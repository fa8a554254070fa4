import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostIn, inFolderOf, linking, madeCatalogues } from "../fixtures/catalogues.ts";
import { folderBlobs } from "../fixtures/folder-blobs.ts";
import { blobsOf } from "./linkage-state.ts";
import { loadPublished } from "./load-published.ts";
import { detailFolder, openLinkage } from "./published-linkage.ts";
import { runLinkage } from "./run-linkage.ts";

test("a published linkage is brought back whole, and one that was changed or lost a file is told by that file", async () => {
  await inFolderOf({ ...madeCatalogues(40) }, async (folder) => {
    const { out } = await runLinkage(linking(folder, "a.csv", "b.csv"), hostIn(folder));
    const blobs = await folderBlobs(join(folder, "store"));
    const { state, clustered } = await openLinkage(out);
    expect(await loadPublished(blobs, out)).toEqual(state);
    const expected = blobsOf(state, clustered).map((ref) => ref.blob);
    expect((await readdir(join(folder, "store"))).sort()).toEqual(expected.sort());

    const [first, second] = expected as [string, string];
    await rm(join(out, detailFolder, first));
    await expect(loadPublished(blobs, out)).rejects.toMatchObject({
      code: "artifact-damaged",
      parts: { seen: "a file is gone" },
    });
    await writeFile(join(out, detailFolder, first), await blobs.get({ blob: first, byteCount: 0 }));
    await writeFile(join(out, detailFolder, second), "something else");
    const damaged = loadPublished(blobs, out);
    await expect(damaged).rejects.toMatchObject({ code: "artifact-damaged" });
    await expect(damaged).rejects.toThrow(new RegExp(`${second}.*Link again`, "s"));
  });
});
