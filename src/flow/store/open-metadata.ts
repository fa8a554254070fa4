import { type Clock, KindredError, systemClock } from "../../base/index.ts";
import type { MetadataStore } from "./metadata-store.ts";
import type { SqlPort } from "./sql/sql-port.ts";
import { SqlStore } from "./sql/sql-store.ts";
import { SqlitePort } from "./sql/sqlite-port.ts";

/**
 * Opens run metadata: `postgres://USER@HOST/DATABASE` (the password there or in `PGPASSWORD`), or the path of a SQLite
 * file, `:memory:` for one that leaves nothing. Makes it when it is new, and brings its schema up to date.
 * @throws artifact-damaged; output-refused when a newer Kindred wrote it; refused when the user has not the rights;
 *   config-invalid; run-failed when it does not answer
 */
export async function openMetadata(url: string, clock: Clock = systemClock): Promise<MetadataStore> {
  return SqlStore.open(await openPort(url, clock), clock);
}

/** The database that a URL of metadata names, whatever is in it. @throws config-invalid */
export async function openPort(url: string, clock: Clock): Promise<SqlPort> {
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { PostgresPort } = await import("./sql/postgres-port.ts");
    // Leases of many machines go by the database's own clock, unless one is handed in.
    return PostgresPort.open(url, { leaseClock: clock === systemClock ? undefined : clock });
  }
  if (/^\w+:\/\//.test(url)) {
    const expected = "postgres://USER@HOST/DATABASE or the path of a SQLite file";
    throw new KindredError("config-invalid", { seen: `metadata at "${url.split(":")[0]}://..."`, expected });
  }
  return new SqlitePort(url, clock);
}
