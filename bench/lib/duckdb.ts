import { DuckDBInstance } from "@duckdb/node-api";

/** Runs one statement of SQL in a database of its own; gives the rows. */
export async function queryDuckdb(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * Pairs of records of two sources that at least one rule makes, counted by DuckDB without making one: records that agree in
 * a set of keys are as many as the sizes of their groups multiply to, and sets of rules add up by inclusion and exclusion.
 * `records` is SQL that gives `source` and a column for each of `keys`, null for none.
 */
export async function countPairs(records: string, keys: readonly string[]): Promise<number> {
  let total = 0;
  for (let set = 1; set < 1 << keys.length; set++) {
    const chosen = keys.filter((_, i) => (set >> i) & 1);
    const filled = chosen.map((key) => `${key} is not null`).join(" and ");
    const groups = `select ${chosen.join(", ")}, source, count(*)::double as n from (${records}) where ${filled} group by all`;
    const [row] = await queryDuckdb(
      `select coalesce(sum(pairs), 0) as pairs from (select (sum(n) * sum(n) - sum(n * n)) / 2 as pairs from (${groups}) group by ${chosen.join(", ")})`,
    );
    total += (chosen.length % 2 === 1 ? 1 : -1) * Number(row?.pairs);
  }
  return total;
}
