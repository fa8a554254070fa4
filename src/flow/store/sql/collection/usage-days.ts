import { type Amount, nothing } from "../../../budget/amount.ts";
import { defaultProject } from "../../../namespace/namespace-name.ts";
import type { UsageFilter } from "../../usage-store.ts";
import { whereAll } from "../conditions.ts";
import type { SqlRunner } from "../sql-port.ts";
import { amountIn, type UsageRow, usageSums } from "../usage-row.ts";

/** Days are those of UTC, by their number since 1970. */
const dayMs = 86_400_000;

const added = `insert into usage_days (project, namespace, day, tasks, cpu_seconds, peak_rss_bytes, model_tokens, money)
  select coalesce(project, '${defaultProject}'), coalesce(namespace, ''), started_ms / ${dayMs}, count(*),
    coalesce(sum(cpu_seconds), 0.0), coalesce(max(peak_rss_bytes), 0),
    coalesce(cast(sum(model_tokens) as bigint), 0), coalesce(sum(money), 0.0)
  from attempts join runs on runs.run = attempts.run where attempts.run = ? group by 1, 2, 3
  on conflict (project, namespace, day) do update set tasks = usage_days.tasks + excluded.tasks,
    cpu_seconds = usage_days.cpu_seconds + excluded.cpu_seconds,
    peak_rss_bytes = case when usage_days.peak_rss_bytes > excluded.peak_rss_bytes
      then usage_days.peak_rss_bytes else excluded.peak_rss_bytes end,
    model_tokens = usage_days.model_tokens + excluded.model_tokens, money = usage_days.money + excluded.money`;

/** Adds what a run used to the days it was used on, before its attempts go: budgets count it as long as they look back. */
export async function addUsageDays(sql: SqlRunner, run: number): Promise<void> {
  await sql.run(added, run);
}

const sums = usageSums("cast(coalesce(sum(tasks), 0) as bigint)");

/** What removed runs used. A day that a look back reaches is counted whole: at most a day too much, never too little. */
export async function usedOnDays(sql: SqlRunner, { project, namespace, run, sinceMs }: UsageFilter): Promise<Amount> {
  if (run !== undefined) return nothing;
  const { where, values } = whereAll([
    ["project = ?", project],
    ["namespace = ?", namespace],
    ["day >= ?", sinceMs === undefined ? undefined : Math.floor(sinceMs / dayMs)],
  ]);
  const rows = await sql.all<UsageRow>(`select ${sums} from usage_days ${where}`, ...values);
  return amountIn(rows[0] as UsageRow);
}
