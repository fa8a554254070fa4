import { expect, test } from "vitest";
import { formatBytes, formatCount, formatDuration, formatMoment, formatShare } from "./format.ts";

test("durations, counts, bytes and shares are written as people read them", () => {
  expect([340, 12_400, 200_000, 7_500_000].map(formatDuration)).toEqual([
    "340 ms",
    "12.4 s",
    "3 min 20 s",
    "2 h 5 min",
  ]);
  expect([formatCount(1_234_567), formatBytes(12), formatBytes(12_300_000)]).toEqual(["1,234,567", "12 B", "12.3 MB"]);
  expect([0, 0.1234, 1].map(formatShare)).toEqual(["0.0 %", "12.3 %", "100.0 %"]);
});

test("what rounds up to the next unit is told in that unit", () => {
  expect([999.6, 59_940, 59_960, 3_599_700].map(formatDuration)).toEqual(["1.0 s", "59.9 s", "1 min 0 s", "1 h 0 min"]);
  expect([999, 1000, 999_949, 999_951].map(formatBytes)).toEqual(["999 B", "1.0 kB", "999.9 kB", "1.0 MB"]);
});

test("what is larger than the largest unit stays in it", () => {
  expect(formatBytes(1.5e16)).toBe("15000.0 TB");
});

test("a moment is told to the second and in UTC, wherever the reader is", () => {
  expect(formatMoment(Date.UTC(2026, 10, 26, 14, 5, 9, 999))).toBe("2026-11-26 14:05:09");
});
