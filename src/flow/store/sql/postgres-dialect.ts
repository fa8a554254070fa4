/** How columns are read, by the number of their type: whole numbers of 8 bytes and sums of them as numbers; JSON as its text. */
export const columnReaders: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number,
  1700: Number,
  114: String,
};

/** A statement of the port in PostgreSQL's words. */
export function inPostgres(sql: string): string {
  let count = 0;
  return sql
    .replace("{given}", "json_array_elements(cast(? as json)) as given(value)")
    .replace("{array}", "json_agg")
    .replace("{share}", "for share")
    .replace(/\?/g, () => `$${++count}`);
}

/** A statement that makes tables or columns, written in SQLite's words, in PostgreSQL's. */
export function schemaInPostgres(statement: string): string {
  return statement
    .replace(/integer primary key autoincrement/g, "bigint generated always as identity primary key")
    .replace(/\binteger\b/g, "bigint")
    .replace(/\breal\b/g, "double precision")
    .replace(/\) strict(, without rowid)?$/, ")");
}
