import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { flow } from "../flow.ts";
import { postgresKind, sqliteKind } from "./fixtures/metadata-places.ts";
import type { MetadataStore, RunLease } from "./metadata-store.ts";

const { graph } = flow("test", {}).foreach("each", { over: () => [1, 2, 3], key: String }, () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };

/** What a holder does next: begins a task, ends one of its attempts, or takes the run over. */
type Move =
  | { readonly type: "begin"; readonly holder: number; readonly task: number }
  | {
      readonly type: "end";
      readonly holder: number;
      readonly task: number;
      readonly attempt: number;
      readonly isDone: boolean;
    }
  | { readonly type: "claim"; readonly holder: number };

const holder = fc.nat(1);
const task = fc.nat(1);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant("begin" as const), holder, task }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ type: fc.constant("end" as const), holder, task },
      ...{ attempt: fc.integer({ min: 1, max: 3 }), isDone: fc.boolean() },
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("claim" as const), holder }) },
);

interface TaskModel {
  attempts: number;
  running: number | null;
  outcome: string | null;
}

/** What the store promises, as plainly as it can be said. Returns what the move gives; undefined when it is refused. */
function expected(tasks: TaskModel[], state: { owner: number }, move: Move): number | true | undefined {
  if (move.type === "claim") {
    state.owner = move.holder;
    for (const each of tasks) each.running = null;
    return true;
  }
  const model = tasks[move.task] as TaskModel;
  if (move.holder !== state.owner) return undefined;
  if (move.type === "begin") {
    if (model.outcome !== null) return undefined;
    model.attempts += 1;
    model.running = model.attempts;
    return model.attempts;
  }
  if (model.running !== move.attempt) return undefined;
  model.running = null;
  if (move.isDone) model.outcome = textOf(move);
  return true;
}

function textOf({ holder, task, attempt }: Move & { readonly type: "end" }): string {
  return `"by ${holder}: attempt ${attempt} of ${task}"`;
}

async function made(stores: readonly MetadataStore[], leases: RunLease[], move: Move): Promise<number | true> {
  const store = stores[move.holder] as MetadataStore;
  const lease = leases[move.holder] as RunLease;
  if (move.type === "claim") {
    await store.claimRun(lease.run, { owner: lease.owner, holder: { kind: "workflow", workflowId: lease.owner } });
    return true;
  }
  const { task: index } = move;
  if (move.type === "begin") return store.beginAttempt(lease, { step: "each", index, key: `${index}`, workerPid: 1 });
  await store.endAttempt(lease, {
    ...{ step: "each", index, attempt: move.attempt, usage: null, progress: null, error: null },
    ...{ status: move.isDone ? "done" : "failed", artifact: move.isDone ? { inline: textOf(move) } : null },
  });
  return true;
}

describe.each([sqliteKind, postgresKind()])("the fences of $name", (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  test("whatever two holders of a run do, each move is accepted or refused as promised, and each task has one outcome", async () => {
    const place = await kind.makePlace();
    // Each look at the clock finds all leases run out, so that anybody may claim at any time.
    const time = { nowMs: 0 };
    const clock = { nowMs: () => (time.nowMs += 1_000_000) };
    const stores = [await place.open(clock), await place.open(clock)];
    onTestFinished(async () => {
      for (const store of stores) await store.close();
      await place.remove();
    });
    const property = fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 40 }), async (moves) => {
      const claim = { owner: "holder-0", holder: { kind: "workflow", workflowId: "holder-0" } } as const;
      const first = await (stores[0] as MetadataStore).createRun({ graph, code, params: {}, labels: {} }, claim);
      const leases = [first, { run: first.run, owner: "holder-1" }];
      const tasks = [0, 1].map((): TaskModel => ({ attempts: 0, running: null, outcome: null }));
      const state = { owner: 0 };
      for (const each of moves) {
        const want = expected(tasks, state, each);
        const got = await made(stores, leases, each).catch((error: { code?: string }) => {
          expect(error.code).toBe("run-locked");
        });
        expect({ move: each, result: got ?? undefined }).toEqual({ move: each, result: want });
      }
      const outcomes = await (stores[1] as MetadataStore).readOutcomes(first.run, "each");
      expect(outcomes).toEqual(tasks.flatMap(({ outcome }) => (outcome === null ? [] : [{ inline: outcome }])));
    });
    await fc.assert(property, { seed: 20261126, numRuns: 40 });
  });

  test("of many that open an empty place at once all find it ready", async () => {
    const place = await kind.makePlace();
    const stores = await Promise.all([1, 2, 3, 4, 5].map(() => place.open({ nowMs: () => 0 })));
    onTestFinished(async () => {
      for (const store of stores) await store.close();
      await place.remove();
    });
    for (const store of stores) expect(await store.listRuns({ limit: 1 })).toEqual([]);
  });
});
