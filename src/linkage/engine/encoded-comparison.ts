import type { Column } from "../../columns/index.ts";
import { comparisonOf, type KernelSpec, lowerLetters } from "../compare/index.ts";
import type { ComparisonSettings } from "../settings.ts";
import type { Arena, Placed } from "./arena.ts";
import { type ListTable, listTable } from "./list-table.ts";
import { distinctTexts, type TextTable, textTable } from "./text-table.ts";

/** A comparison whose column lies in the arena as kernels read it. `place` is where it stands among all comparisons. */
export type EncodedComparison = { readonly place: number } & (
  | { readonly kind: "exact"; readonly ids: Placed<Int32Array> }
  | ({ readonly kind: "jaroWinkler"; readonly atLeast: readonly number[] } & TextTable)
  | { readonly kind: "difference"; readonly values: Placed<Float64Array>; readonly atMost: readonly number[] }
  | ({ readonly kind: "intersection"; readonly atLeast: readonly number[] } & ListTable)
);

/** Comparisons that the engine carries out at most; a pattern keeps four bits for each in 32. */
const encodedMax = 8;
/** Cheap ones first: what they settle the others need not look at. */
const order: readonly KernelSpec["kind"][] = ["difference", "exact", "intersection", "jaroWinkler"];

/** Encodes those comparisons that a kernel can carry out, in the order in which they are carried out. */
export function encodeComparisons(
  fields: ReadonlyMap<string, Column>,
  comparisons: readonly ComparisonSettings[],
  arena: Arena,
): EncodedComparison[] {
  const specs = comparisons.flatMap((comparison, place) => {
    const { kernel } = comparisonOf(comparison);
    const column = fields.get(comparison.field);
    return kernel === undefined || column === undefined ? [] : [{ place, kernel, column }];
  });
  specs.sort((a, b) => order.indexOf(a.kernel.kind) - order.indexOf(b.kernel.kind) || a.place - b.place);
  return specs.slice(0, encodedMax).flatMap(({ place, kernel, column }) => encode(place, kernel, column, arena) ?? []);
}

const asWritten = (text: string): string => text;

function encode(place: number, kernel: KernelSpec, column: Column, arena: Arena): EncodedComparison | undefined {
  if (kernel.kind === "difference") {
    if (column.kind !== "number") return undefined;
    return { place, kind: "difference", values: arena.float64Of(column.values), atMost: kernel.atMost };
  }
  const read = kernel.lower ? lowerLetters : asWritten;
  if (kernel.kind === "intersection") {
    if (column.kind === "number") return undefined;
    return { place, kind: "intersection", atLeast: kernel.atLeast, ...listTable(column, read, arena) };
  }
  if (column.kind !== "text") return undefined;
  if (kernel.kind === "exact") return { place, kind: "exact", ids: arena.int32Of(distinctTexts(column, read).ids) };
  const table = textTable(column, read, arena);
  return table && { place, kind: "jaroWinkler", atLeast: kernel.atLeast, ...table };
}
