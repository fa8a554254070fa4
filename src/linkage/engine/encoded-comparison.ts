import type { Column, NumberColumn } from "../../columns/index.ts";
import type { Shard } from "../blocking/index.ts";
import { comparisonOf, type KernelSpec, numbersOf } from "../compare/index.ts";
import type { ComparisonSettings } from "../settings.ts";
import type { Arena, Placed } from "./arena.ts";
import type { ListTable } from "./list-table.ts";
import type { TableMaker } from "./table-maker.ts";
import type { TextTable } from "./text-table.ts";
import { kernelTables } from "./wasm/kernel-tables.ts";

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

/** Encodes those comparisons that a kernel can carry out, in the order in which they are carried out; any maker gives the same. */
export function encodeComparisons(
  fields: Shard["fields"],
  comparisons: readonly ComparisonSettings[],
  arena: Arena,
  makerFor: (arena: Arena) => TableMaker = kernelTables,
): EncodedComparison[] {
  const maker = makerFor(arena);
  const specs = comparisons.flatMap((comparison, place) => {
    const { kernel } = comparisonOf(comparison);
    const columns = fields.parts(comparison.field);
    return kernel === undefined || columns.length === 0 ? [] : [{ place, kernel, columns }];
  });
  const encoded = specs
    .slice(0, encodedMax)
    .flatMap(({ place, kernel, columns }) => encode(place, kernel, columns, arena, maker) ?? []);
  return encoded.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || symbolsOf(a) - symbolsOf(b));
}

/** Long texts are dear: what short ones settle spares them. */
function symbolsOf(comparison: EncodedComparison): number {
  return comparison.kind === "jaroWinkler" ? comparison.symbols.values.length / comparison.entries.values.length : 0;
}

function encode(
  place: number,
  kernel: KernelSpec,
  columns: readonly Column[],
  arena: Arena,
  maker: TableMaker,
): EncodedComparison | undefined {
  if (kernel.kind === "difference") {
    const numbers = columns.filter((column) => column.kind === "number");
    if (numbers.length < columns.length) return undefined;
    return { place, kind: "difference", values: placeNumbers(numbers, arena), atMost: kernel.atMost };
  }
  if (kernel.kind === "intersection") {
    const lists = columns.filter((column) => column.kind !== "number");
    if (lists.length < columns.length) return undefined;
    return { place, kind: "intersection", atLeast: kernel.atLeast, ...maker.lists(lists, kernel.lower) };
  }
  const texts = columns.filter((column) => column.kind === "text");
  if (texts.length < columns.length) return undefined;
  if (kernel.kind === "exact") return { place, kind: "exact", ids: maker.ids(texts, kernel.lower) };
  const table = maker.texts(texts, kernel.lower);
  return table && { place, kind: "jaroWinkler", atLeast: kernel.atLeast, ...table };
}

function placeNumbers(columns: readonly NumberColumn[], arena: Arena): Placed<Float64Array> {
  const placed = arena.float64(columns.reduce((sum, column) => sum + column.values.length, 0));
  let at = 0;
  for (const column of columns) {
    const values = numbersOf(column);
    placed.values.set(values, at);
    at += values.length;
  }
  return placed;
}
