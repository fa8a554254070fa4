import type { Migration } from "./migration.ts";

/** Data sets with their versions, the tokens of production by hash, and what happened there. */
export const dataSets: Migration = {
  statements: [
    "alter table runs add column pins text",
    `create table data_set_outputs (
      run integer not null references runs, name text not null, position integer not null, item integer not null,
      manifest text not null,
      primary key (run, name, position, item)
    ) strict, without rowid`,
    `create table data_set_versions (
      project text not null, namespace text not null, name text not null, version integer not null,
      run integer not null, manifest text not null, previous integer, made_ms integer not null, made_by text,
      primary key (project, namespace, name, version)
    ) strict, without rowid`,
    `create table data_set_heads (
      project text not null, namespace text not null, name text not null, version integer not null,
      primary key (project, namespace, name)
    ) strict, without rowid`,
    `create table production_tokens (
      project text not null, hash text not null, made_ms integer not null, made_by text,
      primary key (project, hash)
    ) strict, without rowid`,
    `create table production_audit (
      entry integer primary key autoincrement, project text not null, action text not null, name text,
      from_version integer, to_version integer, run integer, at_ms integer not null, by_user text, detail text not null
    ) strict`,
  ],
};
