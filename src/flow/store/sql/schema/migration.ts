import type { SqlRunner } from "../sql-port.ts";

/**
 * One step of the schema, from the version before. Never changed once it was published: a later one follows. Written in SQLite's
 * words; `integer`, `real`, `strict`, `without rowid` and `primary key autoincrement` are put into PostgreSQL's.
 */
export interface Migration {
  readonly statements: readonly string[];
  /** Moves what is there into the new columns, where SQL alone cannot in both databases. */
  fill?(sql: SqlRunner): Promise<void>;
  /** Drops what was moved. */
  readonly closing?: readonly string[];
}
