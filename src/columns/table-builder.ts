import { DictionaryBuilder } from "./dictionary.ts";
import { GrowingFloat64, GrowingInt32 } from "./growing-array.ts";
import { type Column, type ColumnKind, nullId, type Table, type Value } from "./table.ts";

/** The name and kind of a column to be built. */
export interface ColumnShape {
  readonly name: string;
  readonly kind: ColumnKind;
}

interface ColumnBuilder {
  append(value: Value): void;
  build(): Column;
}

/** Collects rows into a {@link Table}, value by value in the order of its shape. */
export class TableBuilder {
  readonly #builders: readonly ColumnBuilder[];
  #rowCount = 0;

  constructor(shape: readonly ColumnShape[]) {
    this.#builders = shape.map(columnBuilder);
  }

  /** How many rows were appended. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** Appends a row: one value for each column of the shape, null for none. */
  append(values: readonly Value[]): void {
    for (let i = 0; i < this.#builders.length; i++) (this.#builders[i] as ColumnBuilder).append(values[i] ?? null);
    this.#rowCount++;
  }

  /** The table of all rows appended so far. */
  build(): Table {
    return { rowCount: this.#rowCount, columns: this.#builders.map((builder) => builder.build()) };
  }
}

function columnBuilder({ name, kind }: ColumnShape): ColumnBuilder {
  if (kind === "text") return textBuilder(name);
  if (kind === "textList") return textListBuilder(name);
  return numberBuilder(name);
}

function textBuilder(name: string): ColumnBuilder {
  const dictionary = new DictionaryBuilder();
  const ids = new GrowingInt32();
  return {
    append: (value) => ids.push(value === null ? nullId : dictionary.add(String(value))),
    build: () => ({ kind: "text", name, dictionary: dictionary.build(), ids: ids.toArray() }),
  };
}

function textListBuilder(name: string): ColumnBuilder {
  const dictionary = new DictionaryBuilder();
  const offsets = new GrowingInt32();
  const values = new GrowingInt32();
  offsets.push(0);
  return {
    append: (value) => {
      const texts = value === null ? [] : Array.isArray(value) ? (value as readonly string[]) : [String(value)];
      for (const text of texts) values.push(dictionary.add(text));
      offsets.push(values.length);
    },
    build: () => ({
      kind: "textList",
      name,
      dictionary: dictionary.build(),
      offsets: offsets.toArray(),
      values: values.toArray(),
    }),
  };
}

function numberBuilder(name: string): ColumnBuilder {
  const values = new GrowingFloat64();
  return {
    append: (value) => values.push(typeof value === "number" ? value : Number.NaN),
    build: () => ({ kind: "number", name, values: values.toArray() }),
  };
}
