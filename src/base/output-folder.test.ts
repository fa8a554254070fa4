import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isKindredError } from "./errors.ts";
import { outputMarker, writeOutputFile } from "./held-folder.ts";
import { assertOutputWritable, replaceDirectory, writeOutputFolder } from "./output-folder.ts";

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

describe("an output folder", () => {
  test("takes away what writers of it left that were killed a day ago, once it is in place, and nothing of others", async () => {
    const out = join(folder, "result");
    const names = [
      ".result.0123456789ab.partial",
      ".result.0123456789cd.partial",
      ".results.0123456789ab.partial",
      ".result.txt",
    ];
    for (const name of names) await mkdir(join(folder, name, "inner"), { recursive: true });
    for (const name of [names[0], names[2], names[3]]) await utimes(join(folder, name as string), 1, 1);
    const failing = writeOutputFolder({ out, marker: {} }, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect((await readdir(folder)).sort()).toEqual(names.toSorted());
    await writeOutputFolder({ out, marker: {} }, (staged) => writeFile(join(staged, "a.csv"), "1"));
    expect((await readdir(folder)).sort()).toEqual([...names.slice(1), "result"].sort());
  });

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

  test("that fails half way leaves the old one, and nothing beside it", async () => {
    const out = { out: join(folder, "target"), marker: { kind: "test" } };
    await writeOutputFolder(out, (staged) => writeFile(join(staged, "old"), "old"));
    const failed = writeOutputFolder(out, async (staged) => {
      await writeFile(join(staged, "new"), "new");
      throw Object.assign(new Error("write"), { code: "ENOSPC" });
    });
    expect(await codeOf(failed)).toBe("disk-full");
    expect([await readdir(folder), (await readdir(out.out)).sort()]).toEqual([["target"], [outputMarker, "old"]]);
  });
});

describe("a folder that is held", () => {
  const held = (): string => join(folder, "published");
  beforeEach(async () => {
    const out = { out: held(), marker: { heldBy: "production of project films" }, asHolder: true };
    await writeOutputFolder(out, (staged) => writeFile(join(staged, "matches.csv"), "held"));
    await symlink(held(), join(folder, "innocent"));
  });

  test("is replaced by its holder, and by nobody else", async () => {
    const out = { out: held(), marker: { kind: "test" } };
    expect(await codeOf(writeOutputFolder(out, async () => {}))).toBe("refused");
    expect(await codeOf(writeOutputFolder({ ...out, out: join(folder, "innocent/below") }, async () => {}))).toBe(
      "refused",
    );
    expect(await readFile(join(held(), "matches.csv"), "utf8")).toBe("held");
    await writeOutputFolder({ ...out, asHolder: true }, async () => {});
    expect(await readdir(held())).toEqual([outputMarker]);
  });

  test("takes no file from anybody, over one of its own or beside it, by whatever path", async () => {
    await symlink(join(held(), "matches.csv"), join(folder, "linked.csv"));
    for (const path of [
      "published/matches.csv",
      "published/new.csv",
      "innocent/matches.csv",
      "innocent/a/b.csv",
      "linked.csv",
    ])
      expect(await codeOf(writeOutputFile(join(folder, path), "mine")), path).toBe("refused");
    expect((await readdir(held())).sort()).toEqual([outputMarker, "matches.csv"]);
    expect(await readFile(join(held(), "matches.csv"), "utf8")).toBe("held");
    await writeOutputFile(join(folder, "mine.csv"), "mine");
    expect(await readFile(join(folder, "mine.csv"), "utf8")).toBe("mine");
  });
});
