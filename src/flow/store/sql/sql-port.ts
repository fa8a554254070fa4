/** What a column holds. */
export type SqlValue = string | number | null;

/**
 * SQL of one dialect for both databases. `?` stands for a value, in order, and must not stand in a text. `{given}` is a table of
 * one JSON value (an array of objects, a row each, read by `given.value ->> 'name'`): one statement of a fixed text writes many
 * rows. `{array}` is the aggregate that makes a JSON array. `{share}` locks the rows that are read against change until the
 * transaction ends.
 */
export interface SqlRunner {
  /** The number of rows that it changed. */
  run(sql: string, ...values: SqlValue[]): Promise<number>;
  all<Row>(sql: string, ...values: SqlValue[]): Promise<Row[]>;
}

/** What a transaction does. `repeated` when it may have been committed before: the connection broke as it was. */
export type SqlWork<T> = (sql: SqlRunner, repeated: boolean) => Promise<T>;

/** A database that run metadata can live in. */
export interface SqlPort extends SqlRunner {
  /** What people know it by, free of secrets: a path, or host and name of a database. */
  readonly place: string;
  /** All or nothing, after all that was committed before, and once: `work` runs again where the first try left no trace. */
  transaction<T>(work: SqlWork<T>): Promise<T>;
  /** Makes one transaction of a migration that no other process makes at a time. */
  migration<T>(work: SqlWork<T>): Promise<T>;
  /** The version of the schema; 0 in an empty database. */
  schemaVersion(sql: SqlRunner): Promise<number>;
  setSchemaVersion(sql: SqlRunner, version: number): Promise<void>;
  /** The database's own words for tables and columns, from SQLite's. */
  schemaText(statement: string): string;
  /** Looks through all of it, where the database does not do so by itself as it reads. @throws artifact-damaged */
  checkWhole(): Promise<void>;
  /**
   * Gives the room of removed rows back to the disk, where the database does not do so by itself, in steps that nobody waits long for.
   * `beforeStep` may throw, which ends it.
   */
  giveBack(beforeStep: () => void): Promise<void>;
  /** The time that all who share the database go by. */
  sharedNowMs(): Promise<number>;
  close(): Promise<void>;
}
