import fc from "fast-check";
import { expect, test } from "vitest";
import { padText, type TextColumnSpec, textTable } from "./text-table.ts";

test("a table lines up numbers to the right, and wide letters count as two columns", () => {
  const rows = [
    { name: "李安", count: 7 },
    { name: "Ang Lee\nand others", count: 1_234 },
  ];
  const lines = textTable(
    rows,
    [
      { title: "name", of: (row) => row.name, maxWidth: 10 },
      { title: "count", of: (row) => row.count, align: "right" },
    ],
    80,
  );
  expect(lines).toEqual(["name        count", "李安            7", "Ang Lee a…   1234"]);
});

test("a text is cut by the columns it takes, and never within a letter and its marks", () => {
  const cut = (text: string, maxWidth: number): string | undefined =>
    textTable([text], [{ title: "", of: (row) => row, maxWidth }], 80)[1];
  expect(cut("千と千尋の神隠し", 8)).toBe("千と千…");
  expect(cut("Ame\u0301lie", 6)).toBe("Ame\u0301lie");
  expect(cut("Ame\u0301lie", 4)).toBe("Ame\u0301…");
  expect(cut("🎬🎬🎬", 5)).toBe("🎬🎬…");
});

test("what a terminal is not to be sent takes no column of it", () => {
  const names = ["\u001b[31mred", "null\0byte", "plain"];
  const lines = textTable(
    names,
    [
      { title: "name", of: (row) => row },
      { title: "n", of: () => 1 },
    ],
    80,
  );
  expect(lines).toEqual(["name      n", "red       1", "nullbyte  1", "plain     1"]);
});

test("a table of no rows is its header", () => {
  expect(
    textTable(
      [],
      [
        { title: "a", of: String },
        { title: "b", of: String },
      ],
      80,
    ),
  ).toEqual(["a  b"]);
});

test("a table of very many rows is printed too", () => {
  const rows = Array.from({ length: 200_000 }, (_, place) => place);
  const lines = textTable(rows, [{ title: "row", of: (row) => row, align: "right" }], 80);
  expect([lines.length, lines[1], lines.at(-1)]).toEqual([200_001, "     0", "199999"]);
});

test("a row is one line, and no column is wider than it may be, whatever the cells hold", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 5 }), (cells) => {
      const lines = textTable(cells, [{ title: "t", of: (cell) => cell, maxWidth: 12 }], 80);
      expect(lines).toHaveLength(cells.length + 1);
      for (const line of lines) {
        expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
        expect([...new Intl.Segmenter().segment(line)].length).toBeLessThanOrEqual(12);
      }
    }),
    { seed: 11 },
  );
});

const row = { run: "12", flow: "a-flow-with-a-long-name", began: "2026-11-26 14:05:09", note: "", took: 12_345 };
const columns: readonly TextColumnSpec<typeof row>[] = [
  { title: "run", of: ({ run }) => run },
  { title: "flow", of: ({ flow }) => flow },
  { title: "note", of: ({ note }) => note },
  { title: "began", of: ({ began }) => began, isWhole: true },
  { title: "took", of: ({ took }) => took, align: "right" },
];

test("a table too wide for the terminal has its texts cut, the widest first, and its numbers and moments whole", () => {
  expect(textTable([row, { ...row, run: "a-run-of-words" }], columns, 50)).toEqual([
    "run         flow        began                 took",
    "12          a-flow-wi…  2026-11-26 14:05:09  12345",
    "a-run-of-…  a-flow-wi…  2026-11-26 14:05:09  12345",
  ]);
});

test("a column in which nothing stands is left out, and the rest has its room", () => {
  expect(textTable([row], columns, 80)).toEqual([
    "run  flow                     began                 took",
    "12   a-flow-with-a-long-name  2026-11-26 14:05:09  12345",
  ]);
});

test("a table fits the terminal whatever stands in its texts, down to where each could still be read", () => {
  const texts = fc.array(fc.tuple(fc.string({ unit: "grapheme", maxLength: 90 }), fc.string({ maxLength: 90 })));
  fc.assert(
    fc.property(texts, fc.integer({ min: 30, max: 120 }), (cells, width) => {
      const lines = textTable(
        cells,
        [
          { title: "left", of: ([left]) => left },
          { title: "count", of: () => 1234, align: "right" },
          { title: "right", of: ([, right]) => right },
        ],
        width,
      );
      for (const line of lines) expect(padText(line, width + 1)).not.toBe(line);
    }),
    { seed: 12 },
  );
});
