import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openHomeMetadata } from "../home/home-stores.ts";
import { emitEvent, openRuns, type StartOptions, startRun, type Trigger, watchTriggers } from "../index.ts";
import { dueFirings, watchName } from "./due-firings.ts";

const flowModule = new URL("../fixtures/noted-flow.ts", import.meta.url);

function newHome(): StartOptions {
  const home = mkdtempSync(join(tmpdir(), "kindred-trigger-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  return { home, workers: 1, codeVersion: "1", flowModule, namespace: "user.a", params: { width: 1 } };
}

/** Watches until so many runs have ended. */
async function watchedUntil(
  options: StartOptions,
  triggers: readonly Trigger[],
  runs: number,
  onReady: () => void,
): Promise<string[]> {
  const stop = new AbortController();
  const firings: string[] = [];
  await watchTriggers({
    ...options,
    ...{ triggers, pollMs: 20, signal: stop.signal, onReady },
    onRun: (firing) => {
      firings.push(firing);
      if (firings.length === runs) stop.abort();
    },
  });
  return firings;
}

async function runCount({ home }: StartOptions): Promise<number> {
  const runs = await openRuns(home);
  return runs
    .list()
    .then((list) => list.length)
    .finally(() => runs.close());
}

const event: Trigger = { onEvent: "films" };

test("each event of the namespace makes one run, however many watch at a time, and none again after they end", async () => {
  const options = newHome();
  const metadata = await openHomeMetadata(options.home, {});
  onTestFinished(() => metadata.close());
  const watcher = { namespace: "user.a", project: null, flow: "noted" };
  await metadata.triggers.beginWatch(watchName(watcher, event));
  for (const namespace of ["user.a", "test.other", "user.a"]) await emitEvent(options.home, namespace, "films");
  await emitEvent(options.home, "user.a", "others");
  const stop = new AbortController();
  const ended: string[] = [];
  const watch = () =>
    watchTriggers({
      ...options,
      ...{ triggers: [event], pollMs: 20, signal: stop.signal },
      onRun: (firing, { run }) => {
        if (run !== null) ended.push(firing);
        if (ended.length === 2) stop.abort();
      },
    });
  await Promise.all([watch(), watch(), watch()]);
  expect([new Set(ended).size, await runCount(options)]).toEqual([2, 2]);
  const begin = await metadata.triggers.beginWatch(watchName(watcher, event));
  expect(await dueFirings(metadata.triggers, watcher, event, begin, Date.now())).toEqual([]);
});

test("a run that is made for a firing is there with it or not at all: the second of one firing is refused", async () => {
  const options = newHome();
  await startRun({ ...options, firing: "f 1" });
  await expect(startRun({ ...options, firing: "f 1" })).rejects.toMatchObject({ code: "run-locked" });
  expect(await runCount(options)).toBe(1);
});

test("a flow runs when another of its namespace is done after the watch began, and not for those before", async () => {
  const options = newHome();
  const letters = { ...options, flowModule: new URL("../fixtures/letters-flow.ts", import.meta.url) };
  const params = { folder: options.home, letters: "a" };
  await startRun({ ...letters, params });
  let watching: Promise<string[]> = Promise.resolve([]);
  await new Promise<void>((resolve) => {
    watching = watchedUntil(options, [{ onFinishOf: "letters" }], 1, resolve);
  });
  await startRun({ ...letters, params, namespace: "test.branch" });
  await startRun({ ...letters, params });
  expect(await watching).toEqual([expect.stringMatching(/finish:letters.* run 3$/)]);
});

test("of moments that passed while nobody watched only the last is due", async () => {
  const options = newHome();
  const metadata = await openHomeMetadata(options.home, {});
  onTestFinished(() => metadata.close());
  const watcher = { namespace: "", project: null, flow: "noted" };
  const due = (trigger: Trigger, nowMs: number) =>
    dueFirings(metadata.triggers, watcher, trigger, { event: 0, sinceMs: 0 }, nowMs);
  expect(await due({ every: "1h" }, 3_599_999)).toEqual([]);
  expect(await due({ every: "1h" }, 3 * 3_600_000 + 5)).toEqual([
    expect.stringMatching(/at 1970-01-01T03:00:00.000Z$/),
  ]);
  expect(await due({ at: "0 6 * * *" }, 86_400_000)).toEqual([expect.stringMatching(/at 1970-01-01T06:00:00.000Z$/)]);
});

test("while nothing is due watching only reads: whoever holds the database for a write is not waited for", async () => {
  const options = newHome();
  const stop = new AbortController();
  const triggers: Trigger[] = [event, { at: "0 0 29 2 *" }, { every: "1d" }, { onFinishOf: "letters" }];
  const onReady = (): void => {
    const other = new DatabaseSync(join(options.home, "runs.sqlite"));
    other.exec("begin immediate");
    setTimeout(() => {
      stop.abort();
      other.close();
    }, 300);
  };
  await watchTriggers({ ...options, triggers, pollMs: 20, signal: stop.signal, onReady });
});
