import { KindredError } from "../../base/index.ts";

/** A block of rows of a columnar file, each made into plain data only when it is asked for. */
export interface RowBlock {
  readonly rowCount: number;
  row(i: number): Record<string, unknown>;
}

/** The error for a columnar file that its library cannot read. */
export function unreadable(file: string, format: string, cause: unknown): KindredError {
  return new KindredError("source-malformed", {
    seen: `a file that cannot be read as ${format} (${(cause as Error).message.split("\n")[0]})`,
    expected: `a whole ${format} file`,
    where: { file },
    cause,
  });
}

/** A whole number of any size: as a number where that is exact, else as text. */
export function plainInteger(value: bigint): number | string {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
}

/** A number of single precision as people wrote it: 6.1, not 6.099999904632568. */
export function plainSingle(value: number): number {
  return Number(value.toPrecision(7));
}
