import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { isProcessAlive, seededRandom } from "../../base/index.ts";
import { killAfterLines, LettersHome } from "../fixtures/letters-home.ts";

const seed = 20261122;

test("a scheduler killed at any moment and resumed comes to the same artifacts and repeats no finished task", async () => {
  const calm = new LettersHome();
  await calm.start();
  const random = seededRandom(seed);
  for (let round = 0; round < 6; round++) {
    const letters = new LettersHome();
    let wasKilled = await killAfterLines(letters.spawn({ taskMs: 5 }), 1 + random.integer(48));
    for (let session = 0; wasKilled && session < 2; session++) {
      expect(await letters.withRuns((runs) => runs.latest())).toMatchObject({ run: "1", status: "interrupted" });
      const done = await letters.doneTasks();
      const callCount = letters.calls().length;
      wasKilled = await killAfterLines(letters.spawn(null), session === 0 ? 1 + random.integer(30) : -1);
      const repeated = letters
        .calls()
        .slice(callCount)
        .filter((call) => done.includes(call.split(" ")[0] as string));
      expect({ seed, round, session, repeated }).toEqual({ seed, round, session, repeated: [] });
    }
    await letters.resume();
    expect(await letters.artifacts()).toBe(await calm.artifacts());
  }
});

test("no worker outlives its scheduler, not even one that never looks up from its work", async () => {
  const letters = new LettersHome();
  const child = letters.spawn({ trouble: { "count/a": "spin" } });
  const spins = join(letters.home, "spins");
  const size = (): number => statSync(spins, { throwIfNoEntry: false })?.size ?? 0;
  while (size() === 0) await wait(20);
  child.kill("SIGKILL");
  await wait(1_000);
  const sizeAfterDeath = size();
  await wait(500);
  expect(size()).toBe(sizeAfterDeath);
  const pids = new Set(
    readFileSync(join(letters.home, "calls"), "utf8")
      .trim()
      .split("\n")
      .map((line) => Number(line.split(" ")[2])),
  );
  expect([...pids].filter(isProcessAlive)).toEqual([]);
});

test("a run that lives cannot be resumed by another scheduler, and is shown as running", async () => {
  const letters = new LettersHome();
  const child = letters.spawn({ trouble: { "count/a": "hang" } });
  while (!letters.calls().some((call) => call.startsWith("count/a"))) await wait(20);
  await expect(letters.resume()).rejects.toMatchObject({
    code: "run-locked",
    exitCode: 3,
    message: expect.stringContaining(String(child.pid)),
  });
  expect(await letters.withRuns((runs) => runs.latest())).toMatchObject({ status: "running", endedMs: null });
  child.kill("SIGKILL");
  await wait(100);
  letters.fix();
  expect(await letters.resume()).toMatchObject({ status: "done" });
});
