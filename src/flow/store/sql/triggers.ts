import { KindredError } from "../../../base/index.ts";
import type { TriggerStore, WatchBegin } from "../trigger-store.ts";
import type { SqlPort, SqlRunner } from "./sql-port.ts";

const listMax = 1_000;

/** Triggers in the database of the run metadata, so that a firing and its run are one transaction. */
export class SqlTriggers implements TriggerStore {
  private readonly port: SqlPort;

  constructor(port: SqlPort) {
    this.port = port;
  }

  async emit(namespace: string, name: string): Promise<number> {
    const nowMs = await this.port.sharedNowMs();
    const inserted = "insert into events (namespace, name, emitted_ms) values (?, ?, ?) returning event";
    const rows = await this.port.transaction((sql) =>
      sql.all<{ readonly event: number }>(inserted, namespace, name, nowMs),
    );
    return Number(rows[0]?.event);
  }

  async beginWatch(watch: string): Promise<WatchBegin> {
    const nowMs = await this.port.sharedNowMs();
    const inserted = `insert into watches (watch, event, since_ms)
      select ?, coalesce(max(event), 0), ? from events where true on conflict (watch) do nothing`;
    return this.port.transaction(async (sql) => {
      await sql.run(inserted, watch, nowMs);
      const rows = await sql.all<{ readonly event: number; readonly since_ms: number }>(
        "select event, since_ms from watches where watch = ?",
        watch,
      );
      return { event: Number(rows[0]?.event), sinceMs: Number(rows[0]?.since_ms) };
    });
  }

  async events(namespace: string, name: string, event: number): Promise<readonly number[]> {
    const sql = `select event from events where namespace = ? and name = ? and event > ?
      order by event desc limit ${listMax}`;
    const rows = await this.port.all<{ readonly event: number }>(sql, namespace, name, event);
    return rows.map((row) => Number(row.event)).reverse();
  }

  async runsDone(namespace: string, flow: string, sinceMs: number): Promise<readonly string[]> {
    const sql = `select run from runs where flow = ? and coalesce(namespace, '') = ? and status = 'done' and ended_ms >= ?
      order by run desc limit ${listMax}`;
    const rows = await this.port.all<{ readonly run: number }>(sql, flow, namespace, sinceMs);
    return rows.map(({ run }) => String(run)).reverse();
  }

  async fired(firings: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const sql = `select firing, run from firings
      where firing in (select given.value ->> 'firing' from {given})`;
    const given = JSON.stringify(firings.map((firing) => ({ firing })));
    const rows = await this.port.all<{ readonly firing: string; readonly run: number }>(sql, given);
    return new Map(rows.map(({ firing, run }) => [firing, String(run)]));
  }

  async unfinished(watch: string): Promise<readonly string[]> {
    const begin = `${watch} `;
    const sql = `select runs.run from firings join runs on runs.run = firings.run
      where substr(firing, 1, length(cast(? as text))) = ? and status in ('running', 'interrupted') order by runs.run`;
    const rows = await this.port.all<{ readonly run: number }>(sql, begin, begin);
    return rows.map(({ run }) => String(run));
  }
}

/** Notes that a run is made for a firing, in the transaction that makes it. @throws run-locked when there is one already */
export async function insertFiring(sql: SqlRunner, firing: string, run: number): Promise<void> {
  const inserted = "insert into firings (firing, run) values (?, ?) on conflict (firing) do nothing";
  if ((await sql.run(inserted, firing, run)) === 1) return;
  throw new KindredError("run-locked", { seen: "another run was made for this firing", where: {} });
}
