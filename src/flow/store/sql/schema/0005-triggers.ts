import type { Migration } from "./migration.ts";

/** Events, from when on triggers are watched, and which firings a run was made for. */
export const triggers: Migration = {
  statements: [
    `create table events (
      event integer primary key autoincrement, namespace text not null, name text not null, emitted_ms integer not null
    ) strict`,
    "create index events_by_name on events (namespace, name, event)",
    "create table watches (watch text not null, event integer not null, since_ms integer not null, primary key (watch)) strict, without rowid",
    `create table firings (
      firing text not null, run integer not null references runs, primary key (firing)
    ) strict, without rowid`,
  ],
};
