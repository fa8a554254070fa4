import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { flowLimits } from "../limits.ts";
import { LogFile } from "./log-file.ts";

const clock = { nowMs: () => Date.UTC(2026, 10, 22) };

function logPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindred-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "1", "task.1.log");
}

test("a log makes its file with the first line, and indents the further lines of a message", () => {
  const path = logPath();
  const log = new LogFile(path, clock, "debug");
  expect(existsSync(path)).toBe(false);
  log.warn("two\nlines", { rows: 5 });
  log.debug("odd", { count: 5n });
  log.close();
  expect(readFileSync(path, "utf8")).toBe(
    '2026-11-22T00:00:00.000Z warn two\n  lines {"rows":5}\n2026-11-22T00:00:00.000Z debug odd { count: 5n }\n',
  );
});

test("debug lines are dropped unless they are asked for", () => {
  const path = logPath();
  const log = new LogFile(path, clock);
  log.debug("not asked for");
  log.info("kept");
  log.close();
  expect(readFileSync(path, "utf8")).toBe("2026-11-22T00:00:00.000Z info kept\n");
});

test("a log ends at its limit and says so", () => {
  const path = logPath();
  const log = new LogFile(path, clock);
  const mebibyte = "x".repeat(1024 * 1024);
  for (let i = 0; i < 70; i++) log.info(mebibyte);
  log.close();
  expect(statSync(path).size).toBeLessThanOrEqual(flowLimits.logBytes + 100);
  expect(readFileSync(path, "utf8").slice(-100)).toContain(
    "warn the log reached 67108864 bytes: the rest is dropped\n",
  );
});

test("a log that cannot be written fails nobody", () => {
  const log = new LogFile("/dev/null/task.1.log", clock);
  expect(() => log.info("lost")).not.toThrow();
  expect(() => log.close()).not.toThrow();
});
