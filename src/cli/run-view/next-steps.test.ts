import { expect, test } from "vitest";
import { errorToJson, KindredError } from "../../base/index.ts";
import { flow, type RunRecord, type TaskRecord, type Waiting } from "../../flow/index.ts";
import type { Terminal } from "../terminal.ts";
import { printNextSteps } from "./next-steps.ts";

const { graph } = flow("letters", { params: {} })
  .foreach("spell", { over: () => ["a"], key: (item) => item, cpu: 2 }, ({ item }) => item)
  .step("join", ({ art }) => art.spell.length);

const cluster = { kind: "workflow", workflowId: "kindred-12" } as const;

function task(key: string, status: TaskRecord["status"], endedMs: number): TaskRecord {
  const attempt = {
    ...{ attempt: 1, startedMs: 0, endedMs, usage: null, progress: null, error: null },
    ...{ workerPid: 1, workerHost: null, card: null, facts: null, log: null },
  };
  return { index: 0, key, status, attempts: [{ ...attempt, status: status === "failed" ? "failed" : "running" }] };
}

/** What is printed of run 12. */
function printed(
  known: Partial<Waiting<RunRecord>>,
  tasks: readonly TaskRecord[] = [],
  width = 80,
  isWaitKnown = false,
): string[] {
  const steps: RunRecord["steps"] = graph.steps.map(({ name, kind }, place) => ({
    ...{ step: name, kind, status: place === 0 ? "running" : "waiting", width: null, startedMs: 0, endedMs: null },
    ...{ artifact: null, tasks: place === 0 ? tasks : [] },
  }));
  const run: Waiting<RunRecord> = {
    ...{ run: "12", flow: "letters", project: null, status: "running", createdMs: 0, endedMs: null, params: {} },
    ...{ error: null, graph, holder: { kind: "process", pid: 1, hostName: "here" }, dataSets: [], inputs: [], steps },
    code: { flowModule: "letters.ts", exportName: "default", codeVersion: "1", codeHash: "" },
    ...known,
  };
  const lines: string[] = [];
  const terminal: Terminal = {
    ...{ json: false, interactive: false, width },
    line: (text = "") => void lines.push(...text.split("\n")),
    result: (_document, print) => print(),
    note: () => {},
    status: () => {},
    style: (_format, text) => text,
  };
  printNextSteps(terminal, run, isWaitKnown);
  return lines.slice(2);
}

test("a run that goes on is watched, and one that is done needs nothing", () => {
  expect(printed({})).toEqual([
    "  kindred logs 12 --follow  what its tasks write",
    "  kindred show 12           how far it is by then",
  ]);
  expect(printed({ status: "done" })).toEqual([]);
});

test("a run on a cluster that nobody works for names the worker it waits for, by the queue of its step", () => {
  const [first] = printed({ holder: cluster });
  expect(first).toMatch(/^ {2}kindred worker --queue cpu2 +on any machine/);
  expect(printed({ holder: cluster }, [task("a", "running", 1)])[0]).toContain("kindred logs");
  const givenUp = printed({ holder: cluster, status: "interrupted" });
  expect(givenUp.map((line) => /kindred [^ ]+/.exec(line)?.[0])).toEqual(["kindred worker", "kindred resume"]);
});

test("where the server of the cluster was asked, workers are named of the queues that it says are waited for, and no others", () => {
  const waits = { queues: [{ queue: "cpu8-llm", steps: ["judge"] }], isIdle: false };
  expect(printed({ holder: cluster, waits }, [task("a", "running", 1)], 80, true)[0]).toMatch(
    /^ {2}kindred worker --queue cpu8-llm +on any machine: none works/,
  );
  expect(printed({ holder: cluster }, [], 80, true)[0]).toContain("kindred logs");
  const gone = printed({ holder: cluster, status: "interrupted" }, [], 80, true);
  expect(gone.map((line) => /kindred [^ ]+/.exec(line)?.[0])).toEqual(["kindred resume"]);
});

test("a failed run leads to the log of its first failure, to that task alone, and on", () => {
  const tasks = [task("b", "failed", 20), task("The Mother's (2009)", "failed", 10)];
  expect(printed({ status: "failed", holder: cluster, namespace: "prod" }, tasks, 200)).toEqual([
    "  kindred logs '12/spell/The Mother'\\''s (2009)'           what the first failure wrote",
    "  kindred rerun '12/spell/The Mother'\\''s (2009)' --debug  that task again, here; keeps nothing",
    "  kindred resume 12 --host temporal --production           goes on after a fix",
  ]);
});

test("a run that a budget stopped is resumed with the ceiling that its error names", () => {
  const hint = "What is finished is kept. Raise the ceiling: kindred resume 12 --budget tasks=61, or do less";
  const error = errorToJson(new KindredError("budget-spent", { seen: "30 tasks are used", hint }));
  expect(printed({ status: "interrupted", error })[0]).toMatch(/^ {2}kindred resume 12 --budget tasks=61 {2}\S/);
});

test("wide letters of a key count as two columns, so that what each command is for stands below the one before", () => {
  expect(printed({ status: "failed" }, [task("千と千尋 (2001)", "failed", 10)], 100)).toEqual([
    "  kindred logs '12/spell/千と千尋 (2001)'           what the first failure wrote",
    "  kindred rerun '12/spell/千と千尋 (2001)' --debug  that task again, here; keeps nothing",
    "  kindred resume 12                                 goes on after a fix",
  ]);
});

test("where command and purpose do not fit beside each other, no command is broken", () => {
  expect(printed({ status: "failed" }, [task("k".repeat(70), "failed", 10)]).slice(0, 2)).toEqual([
    `  kindred logs 12/spell/${"k".repeat(70)}`,
    "    what the first failure wrote",
  ]);
});
