import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Room for growth, and far from the 190 MB of a Node that must not be in it. */
const maxPackedBytes = 3_000_000;

describe("the packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "kindred-packed-"));
  const installed = join(folder, "node_modules/kindred");
  let files: string[] = [];
  let packedBytes = 0;

  beforeAll(() => {
    // prepack builds dist/ first.
    const packed = spawnSync("npm", ["pack", "--silent", "--pack-destination", folder], {
      cwd: root,
      encoding: "utf8",
    });
    if (packed.status !== 0) throw new Error(`npm pack failed: ${packed.stdout}${packed.stderr}`);
    const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) as string);
    packedBytes = statSync(tarball).size;
    mkdirSync(installed, { recursive: true });
    execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
    files = readdirSync(installed, { recursive: true, encoding: "utf8" }).sort();
    linkDependencies(installed, join(folder, "node_modules"));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("holds what runs, and neither sources, tests, data nor a Node", () => {
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "NOTICE", "README.md", "bin/kindred", "dist/cli/main.js"]),
    );
    expect(files.filter((file) => /^(src|test|bench|tools|node_modules)\//.test(file))).toEqual([]);
    expect(files.filter((file) => /\.test\.|(?<!\.d)\.tsx?$|\.(csv|jsonl|parquet|arrow)$/.test(file))).toEqual([]);
    expect(packedBytes).toBeLessThan(maxPackedBytes);
  });

  test("has the browser's pages in it", () => {
    expect(files).toEqual(expect.arrayContaining(["dist/web/app.js", "dist/web/index.html"]));
  });

  test("has a door for every room, and each leads somewhere", async () => {
    const { messages } = await publint({ pkgDir: installed, level: "warning", pack: false });
    expect(messages).toEqual([]);
    const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    const doors = Object.keys(exports).filter((door) => !door.endsWith(".json"));
    const code = `await Promise.all(${JSON.stringify(doors)}.map((door) => import("kindred" + door.slice(1))));`;
    const imported = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(imported.stderr).toBe("");
  });

  test("holds everything once, whatever door it is entered by", () => {
    const code = `
      const [all, base, records] = await Promise.all(["kindred", "kindred/base", "kindred/records"].map((door) => import(door)));
      const error = await records.profileSource({ name: "a", path: "not-there.csv" }).catch((thrown) => thrown);
      console.log(all.KindredError === base.KindredError, error instanceof base.KindredError);`;
    const ran = spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: folder, encoding: "utf8" });
    expect(ran).toMatchObject({ stderr: "", stdout: "true true\n" });
  });

  test("runs a flow file that lies where nothing is installed, zod and all", () => {
    const work = mkdtempSync(join(tmpdir(), "kindred-packed-flow-"));
    const flow = `import { flow } from "kindred/flow";
      import { z } from "zod";
      export default flow("tiny", { params: z.object({ count: z.int() }) })
        .foreach("each", { over: (_art, params) => Array(params.count).keys(), key: String }, ({ item }) => item);`;
    writeFileSync(join(work, "tiny.mjs"), flow);
    const ran = spawnSync(process.execPath, [join(installed, "bin/kindred"), ..."run tiny.mjs --count 3".split(" ")], {
      cwd: work,
      encoding: "utf8",
      env: { ...process.env, KINDRED_HOME: join(work, "home") },
    });
    rmSync(work, { recursive: true, force: true });
    expect(ran).toMatchObject({ status: 0, stdout: "run 1 is done\n[\n  0,\n  1,\n  2\n]\n" });
  });

  test("links with the workers, the threads and the kernels that it carries", () => {
    const work = join(folder, "work");
    mkdirSync(work);
    const films = (id: string): string =>
      `id,title,year\n${Array.from({ length: 40 }, (_, i) => `${id}${i},The ${i}th Film,${1950 + i}`).join("\n")}\n`;
    for (const name of ["a", "b"]) writeFileSync(join(work, `${name}.csv`), films(name));
    const linked = spawnSync(
      process.execPath,
      [join(installed, "bin/kindred"), ..."link a.csv b.csv --out out --threads 2".split(" ")],
      { cwd: work, encoding: "utf8", env: { ...process.env, KINDRED_HOME: join(work, "home") } },
    );
    expect(linked).toMatchObject({ status: 0 });
    expect(readFileSync(join(work, "out/matches.csv"), "utf8").trimEnd().split("\n")).toHaveLength(41);
    expect(files).toContain("wasm/build/linkage.wasm");
  });

  test("names the licence of every package that lies in its files", () => {
    const licences = readFileSync(join(installed, "dist/LICENCES.txt"), "utf8");
    for (const name of ["apache-arrow", "commander", "hyparquet", "zod"]) expect(licences).toContain(`\n${name}\n`);
  });

  test("runs from an empty folder", () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const help = spawnSync(process.execPath, [join(installed, "bin/kindred"), "--help"], {
      cwd: empty,
      encoding: "utf8",
    });
    expect(help).toMatchObject({ status: 0, stderr: "" });
    expect(help.stdout).toContain("kindred");
    expect(readdirSync(empty)).toEqual([]);
  });
});

/** Gives an unpacked package what installing it would: its dependencies, and none of the optional peers. */
function linkDependencies(packageFolder: string, target: string): void {
  const { dependencies } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    if (name.startsWith("@")) mkdirSync(join(target, name.split("/")[0] as string), { recursive: true });
    // A linked package finds its own dependencies where it really lies.
    symlinkSync(join(root, "node_modules", name), join(target, name));
  }
}
