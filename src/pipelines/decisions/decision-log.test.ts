import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decisionsInForce, logDecisions, readDecisionLog, revokeDecision } from "./decision-log.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "kindred-decisions-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const a = { source: "a", id: "1" };
const b = { source: "b", id: "1" };

test("the last word on a pair holds, whichever record it names first, and can be taken back once", async () => {
  await logDecisions(home, [{ kind: "different", left: a, right: b }], 1);
  await logDecisions(home, [{ kind: "same", left: b, right: a, reason: "seen both" }], 2);
  expect(decisionsInForce(await readDecisionLog(home))).toEqual([{ kind: "same", left: b, right: a }]);
  await revokeDecision(home, 2, 3);
  expect(decisionsInForce(await readDecisionLog(home))).toEqual([{ kind: "different", left: a, right: b }]);
  await expect(revokeDecision(home, 2, 4)).rejects.toThrow(/taken back already/);
  await expect(revokeDecision(home, 9, 4)).rejects.toThrow(/from 1 to 3/);
});

test("the log only grows, and a torn line is told with its place", async () => {
  await logDecisions(home, [{ kind: "same", left: a, right: b }], 1);
  const before = await readFile(join(home, "decisions.jsonl"), "utf8");
  await revokeDecision(home, 1, 2);
  expect((await readFile(join(home, "decisions.jsonl"), "utf8")).startsWith(before)).toBe(true);
  await appendFile(join(home, "decisions.jsonl"), '{"event":3,"ki');
  await expect(readDecisionLog(home)).rejects.toThrow(/decisions\.jsonl row 3/);
});

test("people who decide at the same moment get an event each", async () => {
  const made = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      logDecisions(home, [{ kind: "same", left: { ...a, id: String(i) }, right: b }], i),
    ),
  );
  const events = made.flat().map((event) => event.event);
  expect(new Set(events).size).toBe(12);
  expect((await readDecisionLog(home)).map((event) => event.event)).toEqual(
    Array.from({ length: 12 }, (_, i) => i + 1),
  );
});
