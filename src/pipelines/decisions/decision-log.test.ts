import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decidedPairs } from "./decided-pairs.ts";
import { type DecisionEvent, decisionsInForce, logDecisions, readDecisionLog, revokeDecision } from "./decision-log.ts";

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

test("an event has a number of its own, also after a person removed lines or left the last without its end", async () => {
  const path = join(home, "decisions.jsonl");
  const decide = (id: string) => logDecisions(home, [{ kind: "same", left: { ...a, id }, right: b }], 1);
  for (const id of ["1", "2", "3"]) await decide(id);
  const [, second, third] = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, `${second}\n${third}`);
  expect((await decide("4")).map((event) => event.event)).toEqual([4]);
  expect((await readDecisionLog(home)).map((event) => event.event)).toEqual([2, 3, 4]);
});

test("the last word on each pair holds, whatever was said, turned and taken back before", async () => {
  const word = fc.record({
    kind: fc.constantFrom("same" as const, "different" as const, "revoke" as const),
    pair: fc.integer({ min: 0, max: 2 }),
    turned: fc.boolean(),
  });
  await fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const events: DecisionEvent[] = [];
      // What is said of each pair and not taken back, the last on top.
      const said = new Map<number, { kind: "same" | "different"; event: number }[]>();
      for (const { kind, pair, turned } of words) {
        const event = events.length + 1;
        const stack = said.get(pair) ?? [];
        said.set(pair, stack);
        const pairOf = [{ source: "a", id: `${pair}` }, b] as const;
        const [left, right] = turned ? [pairOf[1], pairOf[0]] : pairOf;
        if (kind !== "revoke") {
          stack.push({ kind, event });
          events.push({ event, madeMs: event, kind, left, right });
        } else if (stack.length > 0) {
          const revokes = (stack.pop() as { event: number }).event;
          events.push({ event, madeMs: event, kind, revokes });
        }
      }
      const inForce = decisionsInForce(events);
      const decidedOf = decidedPairs(inForce);
      for (const pair of [0, 1, 2])
        expect(decidedOf(b, { source: "a", id: `${pair}` })).toBe(said.get(pair)?.at(-1)?.kind);
      expect(inForce).toHaveLength([...said.values()].filter((stack) => stack.length > 0).length);
    }),
    { seed: 8, numRuns: 200 },
  );
});
