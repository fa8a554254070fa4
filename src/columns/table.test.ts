import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isKindredError } from "../base/index.ts";
import { decodeTable, encodeTable } from "./arrow-file.ts";
import { concatTables } from "./concat.ts";
import { selectRows } from "./select.ts";
import { columnOf, rowAt, type Table, type Value } from "./table.ts";
import { TableBuilder } from "./table-builder.ts";

const shape = [
  { name: "title", kind: "text" },
  { name: "cast", kind: "textList" },
  { name: "year", kind: "number" },
] as const;

const anyRow = fc.tuple(
  fc.option(fc.string({ unit: "grapheme" })),
  fc.array(fc.string({ unit: "grapheme", maxLength: 6 }), { maxLength: 4 }).map((list) => (list.length ? list : null)),
  fc.option(fc.double({ noNaN: true })),
);

const tableOf = (rows: readonly (readonly Value[])[]): Table => {
  const builder = new TableBuilder(shape);
  for (const row of rows) builder.append(row);
  return builder.build();
};

const rowsOf = (table: Table): Value[][] =>
  Array.from({ length: table.rowCount }, (_, row) => shape.map(({ name }) => rowAt(table, row)[name] as Value));

describe("a table", () => {
  test("gives back the rows it was built from, through an Arrow file too", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), (rows) => {
        const table = tableOf(rows);
        expect(rowsOf(table)).toEqual(rows);
        expect(rowsOf(decodeTable(encodeTable(table)))).toEqual(rows);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test("cut into parts and joined again is the whole, byte for byte", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 40 }), fc.nat(40), (rows, cut) => {
        const whole = tableOf(rows);
        const parts = [tableOf(rows.slice(0, cut)), tableOf(rows.slice(cut))];
        expect(Buffer.compare(encodeTable(concatTables(parts)), encodeTable(whole))).toBe(0);
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  test("gives chosen rows in the order asked for, with only the texts they use", () => {
    const table = tableOf([
      ["a", ["x", "y"], 1],
      ["b", null, null],
      [null, ["y"], 3],
    ]);
    const chosen = selectRows(table, Int32Array.of(2, 0));
    expect(rowsOf(chosen)).toEqual([
      [null, ["y"], 3],
      ["a", ["x", "y"], 1],
    ]);
    expect(columnOf(chosen, "title", "text").dictionary.size).toBe(1);
  });

  test("that was torn is refused as damaged", () => {
    const bytes = encodeTable(tableOf([["a", null, 1]]));
    for (const length of [0, 10, bytes.length >> 1]) {
      let code: string | undefined;
      try {
        decodeTable(bytes.subarray(0, length));
      } catch (error) {
        code = isKindredError(error) ? error.code : "foreign";
      }
      expect(code).toBe("artifact-damaged");
    }
  });

  test("asked for a column of the wrong kind says which columns there are", () => {
    expect(() => columnOf(tableOf([]), "year", "text")).toThrow(/"year" is number.*title, cast, year/);
  });
});
