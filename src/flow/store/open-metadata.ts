import { type Clock, systemClock } from "../../base/index.ts";
import type { MetadataStore } from "./metadata-store.ts";
import { SqlStore } from "./sql/sql-store.ts";
import { SqlitePort } from "./sql/sqlite-port.ts";

/** Opens run metadata in a SQLite file (`:memory:` for none). @throws artifact-damaged, output-refused */
export async function openSqlite(path: string, clock: Clock = systemClock): Promise<MetadataStore> {
  return SqlStore.open(new SqlitePort(path, clock), clock);
}
