import type { RunLabels } from "../../../run-record.ts";
import type { SqlRunner } from "../sql-port.ts";
import type { Migration } from "./migration.ts";

/** Labels as columns, so that runs are listed by them; workflows as holders of a run; the worker's host and the card of an attempt. */
export const labelsAndHolders: Migration = {
  statements: [
    "alter table runs add column namespace text",
    "alter table runs add column branch text",
    "alter table runs add column user_name text",
    "alter table runs add column lease_workflow text",
    "alter table runs add column lease_ms integer not null default 10000",
    "create index runs_by_namespace on runs (namespace, project, run)",
    "create table run_tags (tag text not null, run integer not null references runs, primary key (tag, run)) strict, without rowid",
    "create index run_tags_by_run on run_tags (run)",
    "alter table attempts add column worker_host text",
    "alter table attempts add column card text",
  ],
  fill: async (sql) => {
    const rows = await sql.all<{ readonly run: number; readonly labels: string }>("select run, labels from runs");
    for (const { run, labels } of rows) await fillLabels(sql, run, JSON.parse(labels) as RunLabels);
  },
  closing: ["alter table runs drop column labels"],
};

async function fillLabels(sql: SqlRunner, run: number, { namespace, branch, user, tags }: RunLabels): Promise<void> {
  const labels = "update runs set namespace = ?, branch = ?, user_name = ? where run = ?";
  await sql.run(labels, namespace ?? null, branch ?? null, user ?? null, run);
  for (const tag of new Set(tags)) await sql.run("insert into run_tags (tag, run) values (?, ?)", tag, run);
}
