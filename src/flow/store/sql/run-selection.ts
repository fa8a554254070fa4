import type { RunFilter } from "../metadata-store.ts";
import { whereAll } from "./conditions.ts";
import { runNumber } from "./run-number.ts";
import type { SqlValue } from "./sql-port.ts";

const tags = "(select {array}(tag) from run_tags where run_tags.run = runs.run) as tags";

/** Runs with their graph, code and tags, to be narrowed by a `where`. */
export const runsSql = `select runs.*, ${tags} from runs`;

/** What a list shows: not the graph, which may have a thousand steps. */
const listedSql = `select run, flow, project, params, namespace, branch, user_name, status, error, created_ms, ended_ms,
  lease_owner, lease_pid, lease_host, lease_workflow, lease_renewed_ms, lease_ms, ${tags} from runs`;

/** The query that a filter of runs stands for. */
export function runSelection(filter: RunFilter): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const { where, values } = whereAll([
    ["flow = ?", filter.flow],
    ["project = ?", filter.project],
    ["namespace = ?", filter.namespace],
    ["branch = ?", filter.branch],
    ["user_name = ?", filter.user],
    ["run in (select run from run_tags where tag = ?)", filter.tag],
    ["run < ?", filter.before === undefined ? undefined : runNumber(filter.before)],
  ]);
  return { sql: `${listedSql} ${where} order by run desc limit ?`, values: [...values, filter.limit] };
}
