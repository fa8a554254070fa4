import { KindredError } from "../../../base/index.ts";
import type { Migration } from "./schema/migration.ts";
import type { SqlPort } from "./sql-port.ts";

/**
 * Brings the schema of a database to what the migrations come to, keeping what it holds. Of several processes one does, the
 * others wait. @throws output-refused when it has been through more of them, so that a newer Kindred wrote it
 */
export async function migrate(port: SqlPort, migrations: readonly Migration[]): Promise<void> {
  if ((await port.schemaVersion(port)) === migrations.length) return;
  await port.migration(async (sql) => {
    const version = await port.schemaVersion(sql);
    if (version > migrations.length) throw newerError(version, migrations.length, port.place);
    for (const migration of migrations.slice(version)) {
      for (const statement of migration.statements) await sql.run(port.schemaText(statement));
      await migration.fill?.(sql);
      for (const statement of migration.closing ?? []) await sql.run(port.schemaText(statement));
    }
    await port.setSchemaVersion(sql, migrations.length);
  });
}

function newerError(version: number, own: number, place: string): KindredError {
  return new KindredError("output-refused", {
    seen: `run metadata of schema version ${version}`,
    expected: `at most ${own}, which this version of kindred writes`,
    hint: "A newer kindred wrote it: use that one, or name another home or database",
    where: { file: place },
  });
}
