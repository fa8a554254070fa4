import type { Migration } from "./migration.ts";

/** Runs, their steps, tasks and attempts. */
export const runs: Migration = {
  statements: [
    `create table runs (
      run integer primary key autoincrement,
      flow text not null, project text, params text not null, labels text not null,
      graph text not null, code text not null,
      status text not null, error text, created_ms integer not null, ended_ms integer,
      lease_owner text, lease_pid integer, lease_host text, lease_renewed_ms integer not null
    ) strict`,
    "create index runs_by_flow on runs (flow, run)",
    `create table steps (
      run integer not null references runs, position integer not null, step text not null,
      kind text not null, status text not null, width integer, items text, artifact text,
      started_ms integer, ended_ms integer,
      primary key (run, position)
    ) strict, without rowid`,
    `create table tasks (
      run integer not null, position integer not null, item integer not null,
      key text not null, status text not null, attempts integer not null, artifact text,
      primary key (run, position, item)
    ) strict, without rowid`,
    `create table attempts (
      run integer not null, position integer not null, item integer not null, attempt integer not null,
      status text not null, started_ms integer not null, ended_ms integer, worker_pid integer not null,
      cpu_seconds real, peak_rss_bytes integer, blob_read_bytes integer, blob_written_bytes integer,
      progress text, error text,
      primary key (run, position, item, attempt)
    ) strict, without rowid`,
  ],
};
