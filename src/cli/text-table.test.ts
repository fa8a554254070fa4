import { expect, test } from "vitest";
import { formatBytes, formatCount, formatDuration } from "./format.ts";
import { textTable } from "./text-table.ts";

test("a table lines up numbers to the right, and wide letters count as two columns", () => {
  const rows = [
    { name: "李安", count: 7 },
    { name: "Ang Lee\nand others", count: 1_234 },
  ];
  const lines = textTable(rows, [
    { title: "name", of: (row) => row.name, maxWidth: 10 },
    { title: "count", of: (row) => row.count, align: "right" },
  ]);
  expect(lines).toEqual(["name        count", "李安            7", "Ang Lee a…   1234"]);
});

test("durations, counts and bytes are written as people read them", () => {
  expect([340, 12_400, 200_000, 7_500_000].map(formatDuration)).toEqual([
    "340 ms",
    "12.4 s",
    "3 min 20 s",
    "2 h 5 min",
  ]);
  expect([formatCount(1_234_567), formatBytes(12), formatBytes(12_300_000)]).toEqual(["1,234,567", "12 B", "12.3 MB"]);
});
