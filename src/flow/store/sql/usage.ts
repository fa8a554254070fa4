import { type Amount, together } from "../../budget/amount.ts";
import type { StepHistory } from "../../budget/price.ts";
import { defaultProject } from "../../namespace/namespace-name.ts";
import type { UsageFilter, UsageStore } from "../usage-store.ts";
import { usedOnDays } from "./collection/usage-days.ts";
import { whereAll } from "./conditions.ts";
import { runNumber } from "./run-number.ts";
import type { SqlPort } from "./sql-port.ts";
import { amountIn, type UsageRow, usageSums } from "./usage-row.ts";

/** Runs that the price of the next goes by. */
const historyRuns = 5;

const sums = usageSums("count(*)");

/** What runs used, from their attempts in SQL. */
export class SqlUsage implements UsageStore {
  private readonly port: SqlPort;

  constructor(port: SqlPort) {
    this.port = port;
  }

  async used(filter: UsageFilter): Promise<Amount> {
    // In this order: a run that is removed in between is counted twice for a moment, and never left out.
    const own = await this.usedByAttempts(filter);
    return together(own, await usedOnDays(this.port, filter));
  }

  private async usedByAttempts({ project, namespace, run, sinceMs }: UsageFilter): Promise<Amount> {
    const { where, values } = whereAll([
      [`coalesce(project, '${defaultProject}') = ?`, project],
      ["runs.namespace = ?", namespace],
      ["attempts.run = ?", run === undefined ? undefined : runNumber(run)],
      ["attempts.started_ms >= ?", sinceMs],
    ]);
    const sql = `select ${sums} from attempts join runs on runs.run = attempts.run ${where}`;
    const rows = await this.port.all<UsageRow>(sql, ...values);
    return amountIn(rows[0] as UsageRow);
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

function perTask(row: UsageRow): Amount {
  const { cpuHours, memoryMiB, tasks, modelTokens, money } = amountIn(row);
  return { cpuHours: cpuHours / tasks, memoryMiB, tasks: 1, modelTokens: modelTokens / tasks, money: money / tasks };
}
