import fc from "fast-check";
import { expect, test } from "vitest";
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

test("a text is cut by the columns it takes, and never within a letter and its marks", () => {
  const cut = (text: string, maxWidth: number): string | undefined =>
    textTable([text], [{ title: "", of: (row) => row, maxWidth }])[1];
  expect(cut("千と千尋の神隠し", 8)).toBe("千と千…");
  expect(cut("Ame\u0301lie", 6)).toBe("Ame\u0301lie");
  expect(cut("Ame\u0301lie", 4)).toBe("Ame\u0301…");
  expect(cut("🎬🎬🎬", 5)).toBe("🎬🎬…");
});

test("a table of no rows is its header", () => {
  expect(
    textTable(
      [],
      [
        { title: "a", of: String },
        { title: "b", of: String },
      ],
    ),
  ).toEqual(["a  b"]);
});

test("a row is one line, and no column is wider than it may be, whatever the cells hold", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 5 }), (cells) => {
      const lines = textTable(cells, [{ title: "t", of: (cell) => cell, maxWidth: 12 }]);
      expect(lines).toHaveLength(cells.length + 1);
      for (const line of lines) {
        expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
        expect([...new Intl.Segmenter().segment(line)].length).toBeLessThanOrEqual(12);
      }
    }),
    { seed: 11 },
  );
});
