import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isKindredError } from "./errors.ts";
import { assertOutputWritable, diskError, outputMarker, replaceDirectory, writeFileAtomic } from "./files.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindred-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const codeOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => (isKindredError(error) ? error.code : "foreign"),
  );

describe("writing a file", () => {
  test("leaves nothing but the file, in folders that it makes", async () => {
    await writeFileAtomic(join(folder, "a/b.txt"), "x");
    expect(await readdir(join(folder, "a"))).toEqual(["b.txt"]);
    expect(await readFile(join(folder, "a/b.txt"), "utf8")).toBe("x");
  });

  test("that fails leaves no part behind", async () => {
    await mkdir(join(folder, "taken/inside"), { recursive: true });
    await expect(writeFileAtomic(join(folder, "taken"), "x")).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["taken"]);
  });
});

describe("an output folder", () => {
  test("that kindred did not write is refused and left as it was", async () => {
    await writeFile(join(folder, "thesis.txt"), "years of work");
    const staged = join(folder, "..", `${folder.split("/").at(-1)}-staged`);
    await mkdir(staged);
    expect(await codeOf(replaceDirectory(staged, folder))).toBe("output-refused");
    expect(await readdir(folder)).toEqual(["thesis.txt"]);
    await rm(staged, { recursive: true });
  });

  test("that is a file is refused", async () => {
    await writeFile(join(folder, "file"), "x");
    expect(await codeOf(assertOutputWritable(join(folder, "file")))).toBe("output-refused");
  });

  test("that kindred wrote is replaced whole, with nothing left of the old one", async () => {
    for (const [name, content] of [
      ["target", "old"],
      ["staged", "new"],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, outputMarker), "{}");
      await writeFile(join(folder, name, content), content);
    }
    await replaceDirectory(join(folder, "staged"), join(folder, "target"));
    expect(await readdir(folder)).toEqual(["target"]);
    expect((await readdir(join(folder, "target"))).sort()).toEqual([outputMarker, "new"]);
  });

  test("that several replace at once ends as one of theirs, whole, and fails none of them", async () => {
    const target = join(folder, "target");
    const names = Array.from({ length: 24 }, (_, i) => `writer-${i}`);
    for (const name of names) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, outputMarker), name);
      await writeFile(join(folder, name, "content"), name);
    }
    await Promise.all(names.map((name) => replaceDirectory(join(folder, name), target)));
    expect(await readdir(folder)).toEqual(["target"]);
    const content = await readFile(join(target, "content"), "utf8");
    expect([names.includes(content), await readFile(join(target, outputMarker), "utf8")]).toEqual([true, content]);
  });

  test("that cannot be replaced stays what it was", async () => {
    await mkdir(join(folder, "target"));
    await writeFile(join(folder, "target", outputMarker), "{}");
    await expect(replaceDirectory(join(folder, "absent"), join(folder, "target"))).rejects.toThrow("ENOENT");
    expect([await readdir(folder), await readdir(join(folder, "target"))]).toEqual([["target"], [outputMarker]]);
  });
});

test("a full disk is told with what to do, other errors pass unchanged", () => {
  const full = diskError(Object.assign(new Error("write"), { code: "ENOSPC" }), "/x");
  expect(isKindredError(full) && full.code).toBe("disk-full");
  const other = new Error("other");
  expect(diskError(other, "/x")).toBe(other);
});
