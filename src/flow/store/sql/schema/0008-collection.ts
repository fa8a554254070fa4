import { randomUUID } from "node:crypto";
import type { Migration } from "./migration.ts";

/**
 * What a collection leaves and goes by: what runs used by the day, once their attempts are gone; a name for this metadata, that
 * artifact stores know it by; who collects. A firing outlives its run, or its trigger would fire again.
 */
export const collection: Migration = {
  statements: [
    `create table usage_days (
      project text not null, namespace text not null, day integer not null,
      tasks integer not null, cpu_seconds real not null, peak_rss_bytes integer not null,
      model_tokens integer not null, money real not null,
      primary key (project, namespace, day)
    ) strict, without rowid`,
    "create table store_identity (id text not null, primary key (id)) strict, without rowid",
    `create table collection_lease (
      lease integer not null, owner text not null, pid integer not null, host text not null, renewed_ms integer not null,
      primary key (lease)
    ) strict, without rowid`,
    `create table kept_firings (
      firing text not null, run integer not null, primary key (firing)
    ) strict, without rowid`,
    "insert into kept_firings (firing, run) select firing, run from firings",
    "drop table firings",
    "alter table kept_firings rename to firings",
  ],
  fill: async (sql) => {
    await sql.run("insert into store_identity (id) values (?)", randomUUID());
    await sql.run("insert into collection_lease (lease, owner, pid, host, renewed_ms) values (1, '', 0, '', 0)");
  },
};
