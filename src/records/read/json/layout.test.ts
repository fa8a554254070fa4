import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as own from "./layout.ts";

const kernelLayout = new URL("../../../../wasm/records/layout.ts", import.meta.url);

test("the plan of a projection is laid out for TypeScript as for the kernel", () => {
  const written = readFileSync(kernelLayout, "utf8").matchAll(/export const ([A-Z_]+): (?:usize|i32) = (-?\w+);/g);
  const kernel = new Map([...written].map(([, name, value]) => [name as string, Number(value)]));
  const expected: Record<string, number> = {
    ...named(own.planPlace, ""),
    ...named(own.nodePlace, "NODE_"),
    ...named(own.childPlace, "CHILD_"),
    ...named(own.entryPlace, "ENTRY_"),
    ...named(own.columnPlace, "COLUMN_"),
    ...named(own.outcome, ""),
    COLUMN_BYTES: own.columnBytes,
    CHILD_BYTES: own.childBytes,
    ENTRY_BYTES: own.entryBytes,
    PLAIN: own.entryKind.plain,
    ESCAPED: own.entryKind.escaped,
    AS_JSON: own.entryKind.json,
    OWNER_SHIFT: own.ownerShift,
    UNTOUCHED: own.cell.untouched,
    NONE: own.cell.none,
    LIST_MARK: own.cell.listMark,
    SKIPPED_DEPTH_MAX: own.skippedDepthMax,
  };
  for (const name of Object.keys(expected)) expect([name, kernel.get(name)]).toEqual([name, expected[name]]);
});

function named(places: Readonly<Record<string, number>>, prefix: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(places).map(([name, place]) => [prefix + name.replace(/[A-Z]/g, "_$&").toUpperCase(), place]),
  );
}
