import type { Amount } from "../../budget/amount.ts";
import type { StepHistory } from "../../budget/price.ts";
import { defaultProject } from "../../namespace/namespace-name.ts";
import type { UsageFilter, UsageStore } from "../usage-store.ts";
import { runNumber } from "./rows.ts";
import type { SqlPort, SqlValue } from "./sql-port.ts";

/** Runs that the price of the next goes by. */
const historyRuns = 5;

interface UsageRow {
  readonly tasks: number;
  readonly cpu_seconds: number | null;
  readonly peak_rss_bytes: number | null;
  readonly model_tokens: number | null;
  readonly money: number | null;
}

const sums = `count(*) as tasks, sum(cpu_seconds) as cpu_seconds, max(peak_rss_bytes) as peak_rss_bytes,
  cast(sum(model_tokens) as bigint) as model_tokens, sum(money) as money`;

/** What runs used, from their attempts in SQL. */
export class SqlUsage implements UsageStore {
  private readonly port: SqlPort;

  constructor(port: SqlPort) {
    this.port = port;
  }

  async used({ project, namespace, run, sinceMs = 0 }: UsageFilter): Promise<Amount> {
    const conditions: readonly (readonly [string, SqlValue | undefined])[] = [
      ["runs.namespace = ?", namespace],
      ["attempts.run = ?", run === undefined ? undefined : runNumber(run)],
    ];
    const asked = conditions.filter(([, value]) => value !== undefined);
    const sql = `select ${sums} from attempts join runs on runs.run = attempts.run
      where coalesce(project, '${defaultProject}') = ? and attempts.started_ms >= ?
      ${asked.map(([condition]) => `and ${condition}`).join(" ")}`;
    const rows = await this.port.all<UsageRow>(sql, project, sinceMs, ...asked.map(([, value]) => value as SqlValue));
    return amountOf(rows[0] as UsageRow);
  }

  async history(project: string, flow: string): Promise<ReadonlyMap<string, StepHistory>> {
    const last = `select run from runs where coalesce(project, '${defaultProject}') = ? and flow = ? and status = 'done'
      order by run desc limit ${historyRuns}`;
    const sql = `select steps.step as step, max(steps.width) as width, ${sums} from attempts
      join steps on steps.run = attempts.run and steps.position = attempts.position
      where attempts.item >= 0 and attempts.status = 'done' and attempts.run in (${last}) group by steps.step`;
    const rows = await this.port.all<UsageRow & { step: string; width: number | null }>(sql, project, flow);
    return new Map(rows.map((row) => [row.step, { width: row.width ?? 1, perTask: perTask(row) }]));
  }
}

function amountOf({ tasks, cpu_seconds, peak_rss_bytes, model_tokens, money }: UsageRow): Amount {
  return {
    cpuHours: (cpu_seconds ?? 0) / 3600,
    memoryMiB: (peak_rss_bytes ?? 0) / 1024 / 1024,
    tasks,
    modelTokens: model_tokens ?? 0,
    money: money ?? 0,
  };
}

function perTask(row: UsageRow): Amount {
  const { cpuHours, memoryMiB, tasks, modelTokens, money } = amountOf(row);
  return { cpuHours: cpuHours / tasks, memoryMiB, tasks: 1, modelTokens: modelTokens / tasks, money: money / tasks };
}
