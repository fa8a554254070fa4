import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { KindredError } from "../../../base/index.ts";

const schemaVersion = 1;

const schema = `
create table runs (
  run integer primary key autoincrement,
  flow text not null, project text, params text not null, labels text not null,
  graph text not null, code text not null,
  status text not null, error text, created_ms integer not null, ended_ms integer,
  lease_owner text, lease_pid integer, lease_host text, lease_renewed_ms integer not null
) strict;
create index runs_by_flow on runs (flow, run);
create table steps (
  run integer not null references runs, position integer not null, step text not null,
  kind text not null, status text not null, width integer, items text, artifact text,
  started_ms integer, ended_ms integer,
  primary key (run, position)
) strict, without rowid;
create table tasks (
  run integer not null, position integer not null, item integer not null,
  key text not null, status text not null, attempts integer not null, artifact text,
  primary key (run, position, item)
) strict, without rowid;
create table attempts (
  run integer not null, position integer not null, item integer not null, attempt integer not null,
  status text not null, started_ms integer not null, ended_ms integer, worker_pid integer not null,
  cpu_seconds real, peak_rss_bytes integer, blob_read_bytes integer, blob_written_bytes integer,
  progress text, error text,
  primary key (run, position, item, attempt)
) strict, without rowid;
`;

/**
 * Opens the metadata of a home, making it when absent. Commits survive the death of any process; a power cut may lose
 * the last of them (their tasks run again) but never tears the file.
 * @throws artifact-damaged when the file is no such database, output-refused when a newer Kindred wrote it
 */
export function openDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  try {
    const database = new DatabaseSync(path);
    database.exec("pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = normal;");
    migrate(database, path);
    return database;
  } catch (error) {
    throw damage(error, path);
  }
}

function migrate(database: DatabaseSync, path: string): void {
  if (versionOf(database) === schemaVersion) return;
  database.exec("begin immediate");
  const version = versionOf(database);
  if (version === 0) database.exec(`${schema} pragma user_version = ${schemaVersion};`);
  database.exec("commit");
  if (version <= schemaVersion) return;
  throw new KindredError("output-refused", {
    seen: `run metadata of schema version ${version}`,
    expected: `at most ${schemaVersion}, which this version of kindred writes`,
    hint: "A newer kindred wrote this home: use that one, or name another home",
    where: { file: path },
  });
}

function versionOf(database: DatabaseSync): number {
  const row = database.prepare("pragma user_version").get() as { readonly user_version: number };
  return row.user_version;
}

function damage(error: unknown, path: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (!/not a database|malformed/.test(message)) return error;
  return new KindredError("artifact-damaged", {
    seen: `the run metadata cannot be read (${message})`,
    expected: "a SQLite database that kindred wrote",
    hint: "Put back a copy, or move the file away to begin with no runs",
    where: { file: path },
    cause: error,
  });
}
