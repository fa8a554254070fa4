import { readdirSync, utimesSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, kindred, makeFolder, startKindred, writeFiles } from "./kindred-process.ts";

const days = 40;

/** A flow that makes a data set of films. */
const films = `
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { flow } from "kindred/flow";

export default flow("films", { params: { films: "" } })
  .foreach("write", { over: (_art, { films }) => films.split(","), key: String }, ({ item, blobs }) =>
    blobs.put(Buffer.from((item + " and all that happens in it ").repeat(30))))
  .step("publish", async ({ art, dataSets, params, tempDirectory }) => {
    await mkdir(join(tempDirectory, "out"));
    await writeFile(join(tempDirectory, "out", "films.csv"), "film\\n" + params.films.replaceAll(",", "\\n") + "\\n");
    await dataSets.publish("films", join(tempDirectory, "out"));
    return art.write.length;
  });
`;

/** A flow that fails in its second step until a file is there. */
const flaky = `
import { existsSync } from "node:fs";
import { flow } from "kindred/flow";

export default flow("flaky", { params: { fixed: "" } })
  .step("make", ({ blobs }) => blobs.put(Buffer.from("made once ".repeat(100) + process.hrtime.bigint())))
  .step("use", async ({ art, blobs, params }) => {
    if (!existsSync(params.fixed)) throw new Error("not yet");
    return Buffer.from(await blobs.get(art.make)).toString();
  });
`;

describe("kindred gc", () => {
  let folder = "";
  let token = "";
  let failed = "";
  const run = (...args: string[]): Promise<Ended> => kindred(folder, ...args);
  const json = async (...args: string[]) => JSON.parse((await run(...args, "--json")).stdout);
  const withToken = (...args: string[]): Promise<Ended> =>
    startKindred(folder, args, undefined, undefined, { KINDRED_PRODUCTION_TOKEN: token }).ended;
  const made = async (names: string): Promise<string> =>
    (await json("run", "films.ts", "--branch", "hats", "--param", `films=${names}`)).run;
  const published = async (out: string): Promise<string> => {
    const ended = await run("data", "films", "--production", "--out", out);
    expect(ended.exitCode, ended.stderr).toBe(0);
    return readFile(join(folder, out, "films.csv"), "utf8");
  };
  const runs = async (): Promise<string[]> => (await json("runs")).runs.map((each: { run: string }) => each.run);

  /** Has all that is there be forty days older, but for the run that failed. */
  function age(): void {
    const home = join(folder, ".kindred");
    const at = Date.now() / 1_000 - days * 86_400;
    for (const entry of readdirSync(home, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && !entry.name.includes("sqlite")) utimesSync(join(entry.parentPath, entry.name), at, at);
    const database = new DatabaseSync(join(home, "runs.sqlite"));
    const older = days * 86_400_000;
    database.exec(`update runs set ended_ms = ended_ms - ${older}, lease_renewed_ms = lease_renewed_ms - ${older}
      where run <> ${failed}; update data_set_versions set made_ms = made_ms - ${older}`);
    database.close();
  }

  beforeAll(async () => {
    folder = await makeFolder();
    await writeFiles(folder, {
      ...{ "films.ts": films, "flaky.ts": flaky },
      "kindred.yaml": "project:\n  name: films\n  retention: { keep: 30d }\n",
    });
    token = (await json("production", "token")).token;
    for (const names of ["Jaws,Alien", "Jaws,Alien,Heat"]) {
      const promoted = await withToken("promote", await made(names));
      expect(promoted.exitCode, promoted.stderr).toBe(0);
      await made(`${names},Cube ${names.length}`);
    }
    const ended = await run("run", "flaky.ts", "--param", `fixed=${join(folder, "fixed")}`);
    expect(ended.exitCode).toBe(4);
    failed = (await runs())[0] as string;
    age();
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("a dry run says what would go and why the rest stays, and changes nothing", async () => {
    const before = await runs();
    const ended = await run("gc", "--dry-run");
    expect(ended.exitCode, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/would go +count +bytes\nruns +1\n/);
    expect(ended.stdout).toMatch(/\nblobs +1 +1\.1 kB\n/);
    expect(ended.stdout).toMatch(/\nruns +2 +made what production has\n/);
    expect(ended.stdout).toMatch(/\nruns +1 +within the time to keep\n/);
    expect(ended.stdout).toMatch(/\nversions of data sets +1 +of production\n/);
    expect(await runs()).toEqual(before);
  });

  test("killed again and again it loses nothing that production or a failed run needs, and finishes", async () => {
    const now = await published("now");
    for (const ms of [300, 500, 700]) {
      const { child, ended } = startKindred(folder, ["gc"]);
      await wait(ms);
      child.kill("SIGKILL");
      await ended;
      expect(await published("now")).toBe(now);
    }
    const last = await run("gc", "--json");
    expect(last.exitCode, last.stderr).toBe(0);
    const again = await json("gc");
    expect(again.collected.filter(({ count }: { count: number }) => count > 0)).toEqual([]);
    expect((await runs()).length).toBe(4);

    await writeFile(join(folder, "fixed"), "");
    const resumed = await json("resume", failed);
    expect(resumed.artifact).toContain("made once");
    const back = await withToken("rollback", "films");
    expect(back.exitCode, back.stderr).toBe(0);
    expect(await published("now")).not.toBe(now);
    const promoted = await withToken("promote", await made("Jaws,Alien,Heat"));
    expect(promoted.exitCode, promoted.stderr).toBe(0);
    expect(await published("now")).toBe(now);
  }, 300_000);

  test("a run that is gone is not found, and what is not understood is refused before anything is removed", async () => {
    const gone = await run("show", "2");
    expect([gone.exitCode, gone.stderr]).toEqual([2, expect.stringContaining("no run 2")]);
    expect((await run("gc", "--keep", "soon")).exitCode).toBe(2);
    const shared = { KINDRED_METADATA: "postgres://nowhere.invalid/kindred" };
    const elsewhere = await makeFolder();
    const refused = await startKindred(elsewhere, ["gc"], undefined, undefined, shared).ended;
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining("--project NAME")]);
    await rm(elsewhere, { recursive: true });
  });
});
