import { readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatedProject, left, right, shorter } from "./gated-films.ts";
import { type Ended, kindred, makeFolder, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

/** A flow that reads the published matches and makes a data set of its own. */
const counting = `
import { readFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { flow } from "kindred/flow";

export default flow("counting", { params: { namespace: "", name: "counts" } })
  .step("count", async ({ dataSets, params, tempDirectory }) => {
    const seen = dataSets.find("matches");
    const text = await readFile(join(await dataSets.folder("matches"), "matches.csv"), "utf8");
    const out = join(tempDirectory, "out");
    await mkdir(out, { recursive: true });
    await writeFile(join(out, "counts.csv"), "matches\\n" + (text.split("\\n").length - 2) + "\\n");
    await dataSets.publish(params.name, out);
    return { from: seen.namespace, token: process.env.KINDRED_PRODUCTION_TOKEN ?? null };
  });
`;

test("a project without data sets says so, and says another thing of one that was named", () =>
  withFolder(async (folder) => {
    expect((await kindred(folder, "data")).stdout).toBe('project "default" has no data set yet\n');
    expect((await kindred(folder, "data", "--production")).stdout).toBe('project "default" has no data set in prod\n');
    expect((await kindred(folder, "data", "films")).stdout).toBe('project "default" has no such data set\n');
    const refused = await kindred(folder, "data", "--out", "copy");
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining("--out without a data set")]);
  }));

describe("production of a project", () => {
  let folder = "";
  let token = "";
  const run = (...args: string[]): Promise<Ended> => kindred(folder, ...args);
  const json = async (...args: string[]) => JSON.parse((await run(...args, "--json")).stdout);
  const withToken = async (given: string, ...args: string[]): Promise<Ended> => {
    const env = { KINDRED_PRODUCTION_TOKEN: given };
    return startKindred(folder, args, undefined, undefined, env).ended;
  };
  const linked = async (...args: string[]): Promise<string> => {
    const ended = await run("link", "left.csv", "right.csv", "--dataset", "matches", ...args, "--json");
    expect(ended.exitCode, ended.stderr).toBe(0);
    return JSON.parse(ended.stdout).run;
  };
  /** What production has: every version of every data set, and which is published. */
  const production = async () => (await json("data", "matches", "--production")).versions;

  beforeAll(async () => {
    folder = await makeFolder();
    await writeFiles(folder, {
      "left.csv": left,
      "right.csv": right,
      "kindred.yaml": gatedProject,
      "counting.ts": counting,
    });
    token = (await json("production", "token")).token;
    const made = await linked("--branch", "hats");
    expect((await withToken(token, "promote", made, "--reason", "the first")).exitCode).toBe(0);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("a run on a branch starts from production's data and writes its own", async () => {
    const before = await production();
    const ended = await withToken(token, "run", "counting.ts", "--branch", "caps", "--json");
    expect(JSON.parse(ended.stdout).artifact).toEqual({ from: "prod", token: null });
    const { versions } = await json("data", "--branch", "caps");
    expect(versions).toMatchObject([{ name: "counts", namespace: "test.caps", version: 1, isHead: true }]);
    expect((await run("data", "counts", "--branch", "caps", "--out", "caps")).exitCode).toBe(0);
    expect(await readFile(join(folder, "caps", "counts.csv"), "utf8")).toMatch(/^matches\n\d\d\n$/);
    const again = JSON.parse((await run("run", "counting.ts", "--branch", "hats", "--json")).stdout);
    expect(again.artifact.from).toBe("test.hats");
    expect(await production()).toEqual(before);
  });

  test("what a version holds is counted as its promote counted it", async () => {
    const { versions } = await json("data", "matches", "--production", "--rows");
    const { records } = await json("production", "audit");
    const { records: recordCount, matches, entities, files, bytes } = records[0].detail.figures;
    const [{ holds }] = versions;
    expect(holds).toEqual({ kind: "linkage", figures: { records: recordCount, matches, entities, files, bytes } });
    const table = (await run("data", "matches", "--production", "--rows")).stdout;
    expect(table).toContain(`${recordCount} records, ${matches} matches, ${entities} entities\n`);
  });

  test("a promote shows the difference and what the gates say, and what they refuse is on record", async () => {
    await writeFile(join(folder, "right.csv"), shorter);
    const made = await linked("--branch", "short");
    await writeFile(join(folder, "right.csv"), right);
    const before = await production();
    const shown = await run("promote", made, "--dry-run");
    expect(shown.exitCode, shown.stderr).toBe(0);
    expect(shown.stdout).toMatch(/matches: beside version 1, which production has/);
    expect(shown.stdout).toMatch(/matches: 0 new, \d+ lost, \d+ the same/);
    expect(shown.stdout).toMatch(/maxMatchesLost +2 +\d+ +FAILED/);
    const refused = await withToken(token, "promote", made);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toMatch(
      /gates do not let it into production: matches: maxMatchesLost 2, and matchesLost is \d+/,
    );
    expect(await production()).toEqual(before);
    const { records } = await json("production", "audit");
    expect(records[0]).toMatchObject({ action: "refused", run: made, compared: [{ name: "matches", from: 1 }] });
    expect((await run("production", "audit")).stdout).toMatch(/refused +matches/);
  });

  test("a promote is published at once and a rollback undoes it, both on record", async () => {
    const made = await linked();
    const before = (await production())[0];
    const promoted = await withToken(token, "promote", made, "--reason", "better");
    expect(promoted.exitCode, promoted.stderr).toBe(0);
    expect(promoted.stdout).toContain(`matches is at version ${before.version + 1} in production`);
    expect((await production())[0]).toMatchObject({ version: before.version + 1, run: made, isHead: true });
    const back = await withToken(token, "rollback", "matches", "--reason", "worse");
    expect(back.exitCode, back.stderr).toBe(0);
    expect((await production()).find((each: { isHead: boolean }) => each.isHead).version).toBe(before.version);
    const { records } = await json("production", "audit");
    expect(records.slice(0, 2)).toMatchObject([
      { action: "rolled-back", name: "matches", detail: { reason: "worse" } },
      {
        action: "promoted",
        run: made,
        detail: { reason: "better", figures: { matchesLost: 0 }, gates: [{ passed: true }, {}] },
      },
    ]);
  });

  test("production is written from a branch in none of the ways there are", async () => {
    expect((await run("data", "matches", "--production", "--out", "published")).exitCode).toBe(0);
    await symlink("published", join(folder, "innocent"));
    const made = await linked("--branch", "bad");
    const before = [
      await production(),
      await json("production", "audit"),
      await readFile(join(folder, "published", "matches.csv"), "utf8"),
    ];
    const link = ["link", "left.csv", "right.csv", "--dataset", "matches"];
    const attempts: readonly [exitCode: number, ended: Promise<Ended>][] = [
      [2, run(...link, "--branch", "bad", "--production")],
      [3, run(...link, "--production")],
      [3, withToken("kpt_forged", ...link, "--production")],
      [2, run(...link, "--branch", "../prod")],
      [2, run("link", "left.csv", "right.csv", "--dataset", "../prod/matches")],
      [2, run(...link, "--project", "../films")],
      [3, run("link", "left.csv", "right.csv", "--branch", "bad", "--out", "published")],
      [3, run("link", "left.csv", "right.csv", "--branch", "bad", "--out", "innocent")],
      [3, run("link", "left.csv", "right.csv", "--branch", "bad", "--out", "innocent/../innocent/below")],
      [3, run("data", "counts", "--branch", "hats", "--out", "innocent")],
      [2, run("run", "counting.ts", "--branch", "bad", "--name", "../../prod/matches")],
      // On a branch of its own: the others, which run beside it, would see what it makes.
      [0, run("run", "counting.ts", "--branch", "worse", "--namespace", "prod", "--name", "matches")],
      [
        0,
        startKindred(folder, ["run", "counting.ts", "--branch", "bad"], undefined, undefined, {
          KINDRED_NAMESPACE: "prod",
          KINDRED_PRODUCTION: "1",
          KINDRED_PRODUCTION_TOKEN: token,
        }).ended,
      ],
      [3, run("promote", made)],
      [3, withToken("", "promote", made)],
      [3, withToken(`${token}x`, "promote", made)],
      [3, run("rollback", "matches")],
      [3, run("production", "token")],
    ];
    for (const [i, [exitCode, attempt]] of attempts.entries()) {
      const ended = await attempt;
      expect(ended.exitCode, `${i}: ${ended.stderr}`).toBe(exitCode);
    }
    expect([
      await production(),
      await json("production", "audit"),
      await readFile(join(folder, "published", "matches.csv"), "utf8"),
    ]).toEqual(before);
  });

  test("no command puts or replaces a file in a copy of production", async () => {
    expect((await run("data", "matches", "--production", "--out", "served")).exitCode).toBe(0);
    await symlink("served", join(folder, "harmless"));
    await symlink("served/matches.csv", join(folder, "linked.csv"));
    await writeFile(join(folder, "note.txt"), "Knives Out (2019) was directed by Rian Johnson.\n");
    const filesNow = async () => [
      await readdir(join(folder, "served")),
      await readFile(join(folder, "served/matches.csv")),
    ];
    const before = await filesNow();
    for (const args of [
      ["export", "--dir", "served", "--format", "csv", "--out", "harmless"],
      ["diff", "served", "served", "--out", "linked.csv"],
      ["classify", "--train", "a.csv", "--test", "b.csv", "--out", "harmless/matches.csv"],
      ["calibrate", "served", "--truth", "truth.csv", "--out", "served/model.json"],
      ["extract", "note.txt", "--out", "harmless/claims.jsonl"],
    ]) {
      const ended = await run(...args);
      expect([ended.exitCode, ended.stderr], args[0]).toEqual([3, expect.stringContaining("held by production")]);
    }
    expect((await withToken(token, "production", "token", "--out", "served/token")).exitCode).toBe(3);
    expect(await filesNow()).toEqual(before);
  });

  test("a run in production is resumed by the bearer of its token alone, and publishes nothing by itself", async () => {
    const before = await production();
    await writeFiles(folder, { "right.csv": "id,name\n1,x\n" });
    await writeFiles(folder, {
      "fails.ts": counting.replace(
        "const seen",
        'if (!(await readFile("ready", "utf8").catch(() => ""))) throw new Error("not yet");\n const seen',
      ),
    });
    const failed = await withToken(token, "run", "fails.ts", "--production", "--name", "matches", "--json");
    expect(failed.exitCode).toBe(4);
    const latest = (await json("runs", "--limit", "1")).runs[0];
    expect(latest).toMatchObject({ namespace: "prod", status: "failed" });
    await writeFile(join(folder, "ready"), "yes");
    for (const args of [
      ["resume", latest.run],
      ["resume", latest.run, "--production"],
    ]) {
      const ended = await run(...args);
      expect([ended.exitCode, ended.stderr]).toEqual([3, expect.stringContaining("production token")]);
    }
    expect((await withToken(token, "resume", latest.run)).exitCode).toBe(3);
    const resumed = await withToken(token, "resume", latest.run, "--production");
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect(await production()).toEqual(before);
  });
});
