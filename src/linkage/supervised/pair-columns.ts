import { KindredError } from "../../base/index.ts";
import type { RawValue } from "../../records/index.ts";

/** Rows of a file as they were read. */
export interface PairRows {
  /** The file, for errors. */
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly RawValue[])[];
}

/** Where the columns of one side stand, under their names without the side. */
export interface SideColumns {
  readonly names: readonly string[];
  /** By name, the column of the file. */
  readonly columns: readonly string[];
}

/** The columns of both sides. */
export interface PairColumns {
  readonly left: SideColumns;
  readonly right: SideColumns;
}

const prefixes = { left: /^(?:left|ltable)_(?=.)/, right: /^(?:right|rtable)_(?=.)/ };

/**
 * The columns that describe the left and the right record: those named `left_...` and `right_...` (or as Magellan has
 * them `ltable_...`, `rtable_...`). All others, labels and numbers of pairs, are never looked at. A name in `ignore` stands for the
 * column of both sides, with or without its side.
 * @throws column-missing when a side has no column, or a name in `ignore` is none of the file's
 */
export function pairColumns({ file, columns }: PairRows, ignore: readonly string[]): PairColumns {
  const bare = (column: string): string => column.replace(prefixes.left, "").replace(prefixes.right, "");
  for (const name of ignore) {
    if (columns.some((column) => column === name || bare(column) === name)) continue;
    throw new KindredError("column-missing", {
      seen: `--ignore names "${name}"`,
      expected: `one of ${columns.join(", ")}`,
      where: { file },
    });
  }
  const ignored = new Set(ignore.map(bare));
  const side = (prefix: RegExp, example: string): SideColumns => {
    const own = columns.filter((column) => prefix.test(column) && !ignored.has(bare(column)));
    if (own.length > 0) return { names: own.map(bare), columns: own };
    throw new KindredError("column-missing", {
      seen: `no column that is not ignored begins with "${example}"`,
      expected: "columns left_... and right_... that describe the two records of a pair",
      where: { file },
    });
  };
  return { left: side(prefixes.left, "left_"), right: side(prefixes.right, "right_") };
}
