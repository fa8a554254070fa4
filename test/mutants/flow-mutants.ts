import type { Mutant } from "./mutant.ts";

const sql = "src/flow/store/sql";
const scheduler = "src/flow/scheduler";
const metadata = (name: string) => ({
  file: "src/flow/store/metadata-conformance.test.ts",
  suite: "metadata in SQLite",
  name,
});
const artifacts = (name: string) => ({
  file: "src/flow/store/artifact-conformance.test.ts",
  suite: "artifacts in a folder",
  name,
});
const scheduling = (name: string) => ({ file: `${scheduler}/scheduler.test.ts`, name });
const advancing = (name: string) => ({ file: `${scheduler}/advance.test.ts`, name });

/** Faults of the flow runtime. */
export const flowMutants: readonly Mutant[] = [
  {
    name: "skip the lease check",
    file: `${sql}/fence.ts`,
    from: "return rows[0]?.lease_owner === lease.owner;",
    to: "return rows.length > 0;",
    test: metadata("a zombie whose run was taken over cannot write a thing"),
  },
  {
    name: "give a held run to whoever asks",
    file: `${sql}/run-writes.ts`,
    from: "if (isHeld(row, nowMs)) throw",
    to: "if (row.lease_owner === claim.owner) throw",
    test: metadata("a held run is refused to others until its lease runs out"),
  },
  {
    name: "let a lease last for ever",
    file: `${sql}/lease.ts`,
    from: "if (nowMs - row.lease_renewed_ms > row.lease_ms) return false;",
    to: "",
    test: metadata("a held run is refused to others until its lease runs out"),
  },
  {
    name: "accept a stale attempt",
    file: `${sql}/attempt-writes.ts`,
    from: "and tasks.attempts = cast(given.value ->> 'attempt' as bigint) and tasks.status = 'running'",
    to: "",
    test: metadata("an attempt ends once"),
  },
  {
    name: "begin a finished task again",
    file: `${sql}/attempt-writes.ts`,
    from: "where tasks.status not in ('done', 'caught') returning run",
    to: "where true returning run",
    test: metadata("an attempt ends once"),
  },
  {
    name: "leave a superseded attempt running",
    file: `${sql}/attempt-writes.ts`,
    from: "if (attempt > 1) await sql.run(supersede",
    to: "if (attempt > 999) await sql.run(supersede",
    test: metadata("a later attempt of a task supersedes one that still runs"),
  },
  {
    name: "plan a step and not say so",
    file: `${sql}/attempt-writes.ts`,
    from: "for (const end of ends) if (places.has(placeText(end))) await recordPlan(sql, end);",
    to: "",
    test: metadata("what the plan of a step found out is recorded with the end of its task"),
  },
  {
    name: "take a damaged column for what was written",
    file: `${sql}/seal.ts`,
    from: "const isWhole = seal === undefined ||",
    to: "const isWhole = true ||",
    test: { file: `${sql}/seal.test.ts`, name: "bytes of a column that changed are never read as another artifact" },
  },
  {
    name: "look through no page before a run goes on",
    file: `${sql}/sqlite-port.ts`,
    from: 'if (found !== "ok") throw damageError(found, this.place);',
    to: "",
    test: { file: `${sql}/sqlite-port.test.ts`, name: "a page whose bytes changed is told as damage" },
  },
  {
    name: "trust a blob without its hash",
    file: "src/flow/store/blob-check.ts",
    from: "if (found.blob === expected.blob) return;",
    to: "if (found.byteCount >= 0) return;",
    test: artifacts("a blob that is changed is damaged for whoever reads it"),
  },
  {
    name: "heal a torn blob by its length alone",
    file: "src/flow/store/folder-store.ts",
    from: "if (this.checked.has(ref.blob)) return true;",
    to: "if (ref.byteCount > 0) return true;",
    test: artifacts("a blob that is changed is damaged for whoever reads it"),
  },
  {
    name: "retry a FatalError",
    file: "src/flow/run-errors.ts",
    from: 'return keepsCode(error) || error.code === "fatal";',
    to: "return keepsCode(error);",
    test: { file: "src/flow/run-errors.test.ts", name: "what another attempt would only meet again is fatal" },
  },
  {
    name: "catch a spent budget",
    file: `${scheduler}/window/advance-window.ts`,
    from: 'return order.catches && event.uncatchable !== true ? "caught" : "failed";',
    to: 'return order.catches ? "caught" : "failed";',
    test: advancing("a failure of the last attempt is caught where the step says so"),
  },
  {
    name: "try a task once more than its retries allow",
    file: `${scheduler}/window/advance-window.ts`,
    from: "if (event.fatal || failures >= order.retry.count)",
    to: "if (event.fatal || failures > order.retry.count)",
    test: scheduling("never tries a task more often than its retries allow in one session"),
  },
  {
    name: "hand a settled task out again",
    file: `${scheduler}/window/advance-window.ts`,
    from: '(isSettled(order.start + slot) ? "done" : "handed-out")',
    to: '(isSettled(-2 - slot) ? "done" : "handed-out")',
    test: scheduling("loses no task and finishes none twice, whatever fails"),
  },
  {
    name: "forget a window",
    file: `${scheduler}/run/open-windows.ts`,
    from: "for (; open.size < flowLimits.openWindows; nextWindow++) {",
    to: "for (; open.size < flowLimits.openWindows; nextWindow += nextWindow === 1 ? 2 : 1) {",
    test: scheduling("loses no task and finishes none twice over several windows"),
  },
  {
    name: "begin a step before all that it waits for is done",
    file: `${scheduler}/run/advance-run.ts`,
    from: "!node.after.every((name)",
    to: "!node.after.some((name)",
    test: advancing("branches run side by side, and a join waits for all of them"),
  },
  {
    name: "join outcomes in another order than that of the items",
    file: `${sql}/run-reader.ts`,
    from: "item >= 0 and status in ('done', 'caught') order by item`;",
    to: "item >= 0 and status in ('done', 'caught') order by item desc`;",
    test: metadata("outcomes are read in the order of the items"),
  },
  {
    name: "run a step whose condition does not hold",
    file: "src/flow/task/plan-step.ts",
    from: "if (node.conditional && !(await holds(code, art, params))) return skipped;",
    to: "if (node.conditional) await holds(code, art, params);",
    test: { file: "src/flow/task/plan-step.test.ts", name: "a foreach whose condition does not hold lists no items" },
  },
  {
    name: "accept two items of one key",
    file: "src/flow/task/item-writer.ts",
    from: "if (other !== undefined) throw duplicateKey(full, other, index);",
    to: "",
    test: {
      file: "src/flow/task/plan-step.test.ts",
      name: "two items of one key are refused also when they are pages apart",
    },
  },
  {
    name: "keep the steps of a flow that changed",
    file: "src/flow/code-change.ts",
    from: "if (isSame && !isReached && step.after.every(",
    to: "if (!isReached && step.after.every(",
    test: { file: "src/flow/code-change.test.ts", name: "steps are kept whose meaning is the same" },
  },
];
