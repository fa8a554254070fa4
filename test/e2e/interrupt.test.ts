import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kindred, startKindred, withFolder } from "./kindred-process.ts";

const crowd = fileURLToPath(new URL("../../src/flow/fixtures/crowd-flow.ts", import.meta.url));

function isThere(pid: number): boolean {
  return existsSync(`/proc/${pid}/exe`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}

test.each([
  { what: "once", times: 1, words: /^interrupted: |kindred resume 1/ },
  {
    what: "twice",
    times: 2,
    words: /run 1 is being stopped: .*\nrun 1 was stopped at once. Go on with: kindred resume 1\n/,
  },
])("Ctrl-C $what ends the run and all it started, to be gone on with later", ({ times, words }) =>
  withFolder(async (folder) => {
    const file = join(folder, "crowd");
    const run = startKindred(folder, ["run", crowd, "--file", file, "--task-ms", "60000", "--width", "2"]);
    const begun = (): string[] => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);
    while (begun().length < 2) await wait(50);
    const pids = begun().map((line) => Number(line.split(" ")[3]));
    for (let i = 0; i < times; i++, await wait(300)) run.child.kill("SIGINT");
    const ended = await run.ended;
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toMatch(words);
    await wait(300);
    expect(pids.filter(isThere)).toEqual([]);
    const runs = JSON.parse((await kindred(folder, "runs", "--json")).stdout) as { status: string }[];
    expect(JSON.stringify(runs)).toContain('"interrupted"');
  }),
);

test("kindred stop ends a run of another terminal as Ctrl-C does there, and says how to go on", () =>
  withFolder(async (folder) => {
    const file = join(folder, "crowd");
    const run = startKindred(folder, ["run", crowd, "--file", file, "--task-ms", "60000", "--width", "2"]);
    while (!existsSync(file)) await wait(50);
    const stop = await kindred(folder, "stop", "latest");
    expect([stop.exitCode, stop.stdout]).toEqual([0, "run 1 is interrupted\ngo on with: kindred resume 1\n"]);
    const ended = await run.ended;
    expect([ended.exitCode, ended.stderr]).toEqual([130, expect.stringContaining("kindred resume 1")]);
    const again = await kindred(folder, "stop", "1", "--json");
    expect([again.exitCode, JSON.parse(again.stdout)]).toEqual([0, { run: "1", status: "interrupted" }]);
    expect((await kindred(folder, "stop", "7")).exitCode).toBe(2);
  }));
