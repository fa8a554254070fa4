import { expect, test } from "vitest";
import { filterLog, linesOf } from "./log-lines.ts";

const text = `2026-11-26T10:00:00.000Z info began {"rows":5}
2026-11-26T10:00:01.000Z debug a row
  with a second line
2026-11-26T10:00:02.000Z print printed
2026-11-26T10:00:03.000Z error Error: it broke
      at step.ts:3
`;

test("further lines of a message belong to its line", () => {
  expect(linesOf(text).map(({ level, text: line }) => [level, line.split("\n").length])).toEqual([
    ["info", 1],
    ["debug", 2],
    ["print", 1],
    ["error", 2],
  ]);
});

test("lines are chosen by level and by time, whole", () => {
  expect(filterLog(text, {})).toBe(text);
  expect(filterLog(text, { level: "warn" })).toBe(text.split("\n").slice(4).join("\n"));
  const sinceMs = Date.parse("2026-11-26T10:00:01Z");
  expect(filterLog(text, { sinceMs, untilMs: sinceMs })).toBe(text.split("\n").slice(1, 3).join("\n").concat("\n"));
});
