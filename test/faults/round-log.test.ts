import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isOver, roundsOf } from "./campaign.ts";
import { type LoggedRound, RoundLog } from "./round-log.ts";
import { sumOf, tableOf } from "./table.ts";

function logPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindred-round-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "rounds.jsonl");
}

const name = { fault: "disk full", phase: "commit", index: 1 } as const;
const end = { injected: true, lost: 0, doubled: 0, problems: [], seed: 7, commit: "abc", seconds: 1.5 };

test("a round in the log is over when the log is opened again, unless its run had ended before its moment", () => {
  const path = logPath();
  const late = { ...name, index: 0 };
  const log = new RoundLog(path, 7);
  log.add({ ...name, ...end });
  log.add({ ...late, ...end, injected: false });
  const again = new RoundLog(path, 7);
  expect(roundsOf(["disk full"], 2).filter((round) => isOver(round, again))).toEqual([name]);
  for (let draw = 1; draw < 12; draw++) again.add({ ...late, ...end, injected: false });
  expect(isOver(late, again)).toBe(true);
});

test("the log of another seed is refused", () => {
  const path = logPath();
  new RoundLog(path, 7).add({ ...name, ...end });
  expect(() => new RoundLog(path, 8)).toThrow("another seed");
});

test("the table counts the faults that came, and what any round lost or doubled", () => {
  const rounds: LoggedRound[] = [
    { ...name, ...end },
    { ...name, ...end, phase: "claim", doubled: 2 },
    { ...name, ...end, phase: "claim", injected: false, lost: 1 },
    { ...name, ...end, fault: "torn blob", lost: 9 },
  ];
  expect(tableOf([sumOf("disk full", rounds)])).toContain("| disk full | 1 | 0 | 1 | 0 | 2 | 1 | 2 |");
});
