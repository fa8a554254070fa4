import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { LettersHome } from "../fixtures/letters-home.ts";
import { openRuns } from "../index.ts";

const script = fileURLToPath(new URL("../fixtures/run-crowd.ts", import.meta.url));

/** A run for each of the params, in processes that are all there before the first run is made. */
async function crowd(home: string, ...params: object[]) {
  const children = params.map((own) =>
    spawn(process.execPath, [script, home, JSON.stringify({ file: join(home, "crowd"), ...own })], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const ended = children.map((child) => once(child, "close"));
  await Promise.all(children.map(({ stdout }) => once(stdout, "data")));
  for (const { stdin } of children) stdin.write("go\n");
  return { children, ended: Promise.all(ended) };
}

function linesOf(home: string): string[][] {
  return readFileSync(join(home, "crowd"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
}

test("two runs of one home share one memory: never more tasks than fit, and neither waits for the other's end", async () => {
  const { home } = new LettersHome();
  writeFileSync(join(home, "host.json"), '{ "memoryMiB": 500 }');
  const { ended } = await crowd(home, { name: "a", width: 20, taskMs: 100 }, { name: "b", width: 20, taskMs: 100 });
  expect(await ended).toEqual([
    [0, null],
    [0, null],
  ]);
  let count = 0;
  for (const [sign] of linesOf(home)) {
    count += sign === "+" ? 1 : -1;
    expect(count).toBeLessThanOrEqual(1);
  }
  const names = linesOf(home).map(([, name]) => name);
  const overlap = names.slice(
    Math.max(names.indexOf("a"), names.indexOf("b")),
    Math.min(names.lastIndexOf("a"), names.lastIndexOf("b")),
  );
  expect(overlap.filter((name, i) => i > 0 && name !== overlap[i - 1]).length).toBeGreaterThan(5);
});

test("what a killed run took is free for the next one", async () => {
  const { home } = new LettersHome();
  writeFileSync(join(home, "host.json"), '{ "memoryMiB": 500 }');
  writeFileSync(join(home, "crowd"), "");
  const first = await crowd(home, { taskMs: 60_000 });
  while (!readFileSync(join(home, "crowd"), "utf8").includes("+")) await wait(20);
  const second = await crowd(home, { name: "b", width: 2 });
  await wait(1_500);
  expect(linesOf(home).map(([, name]) => name)).toEqual(["a"]);
  first.children[0]?.kill("SIGKILL");
  expect(await second.ended).toEqual([[0, null]]);
});

test("a step that is isolated gives each task a process of its own", async () => {
  const { home } = new LettersHome();
  expect(await (await crowd(home, { width: 8 })).ended).toEqual([[0, null]]);
  const runs = await openRuns(home);
  const pids = (await runs.artifact("1", "alone")) as number[];
  await runs.close();
  expect(new Set(pids).size).toBe(4);
  const warm = new Set(linesOf(home).map(([, , , pid]) => pid));
  expect(warm.size).toBeLessThanOrEqual(2);
});
