/** What a row of the table found out. */
export interface RowResult {
  /** Lines for people. */
  readonly lines: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
  readonly bars: Readonly<Record<string, number>>;
  /** What was not equal, or did not end as it should. */
  readonly problems: readonly string[];
}

/** A row of the table of issue 5: measures both contenders, or Kindred alone where Metaflow cannot. */
export type Row = () => Promise<RowResult>;

/** A problem, unless both are the same. */
export function unequal(what: string, metaflow: unknown, kindred: unknown): string[] {
  const [left, right] = [JSON.stringify(metaflow), JSON.stringify(kindred)];
  return left === right && left !== undefined ? [] : [`${what}: Metaflow came to ${left}, Kindred to ${right}`];
}
