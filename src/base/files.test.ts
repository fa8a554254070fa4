import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isKindredError } from "./errors.ts";
import { diskError, filesUnder, writeFileAtomic } from "./files.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindred-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

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

test("the files under a folder are told by their paths in it, in one order, links and folders left out", async () => {
  for (const path of ["b.txt", "a/z.txt", "a/b/c.txt", "a.txt"]) await writeFileAtomic(join(folder, path), path);
  await mkdir(join(folder, "empty"));
  await symlink(join(folder, "b.txt"), join(folder, "link.txt"));
  await symlink(join(folder, "a"), join(folder, "linked"));
  for (const name of ["round", "and round"]) await symlink(folder, join(folder, "a", name));
  expect(filesUnder(folder)).toEqual(["a.txt", "a/b/c.txt", "a/z.txt", "b.txt"]);
});

test("a full disk is told with what to do, other errors pass unchanged", () => {
  const full = diskError(Object.assign(new Error("write"), { code: "ENOSPC" }), "/x");
  expect(isKindredError(full) && full.code).toBe("disk-full");
  const other = new Error("other");
  expect(diskError(other, "/x")).toBe(other);
});
