import type { SqlValue } from "./sql-port.ts";

/** A condition on a value, such as `["flow = ?", "films"]`; one whose value is undefined is not asked for. */
export type Condition = readonly [condition: string, value: SqlValue | undefined];

/** What is to be true of rows all at once: a `where`, empty when nothing is asked for, and its values. */
export function whereAll(conditions: readonly Condition[]): {
  readonly where: string;
  readonly values: readonly SqlValue[];
} {
  const asked = conditions.filter((each): each is readonly [string, SqlValue] => each[1] !== undefined);
  const where = asked.length === 0 ? "" : `where ${asked.map(([condition]) => condition).join(" and ")}`;
  return { where, values: asked.map(([, value]) => value) };
}
