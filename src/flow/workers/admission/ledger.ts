import { mkdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { diskError, isProcessAlive, KindredError } from "../../../base/index.ts";
import type { Start } from "./admit.ts";
import type { Demand } from "./demand.ts";
import { processBirth } from "./process-birth.ts";

/** Nothing here outlives a crash: leases of processes that are gone count for nothing, so no commit waits for the disk. */
const schema = `
  pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = off;
  create table if not exists owners (owner text primary key, host text not null, pid integer not null, birth text not null);
  create table if not exists leases (lease integer primary key, owner text not null, demand text not null);
  create table if not exists waits (
    owner text not null, lacks text not null, since_ms integer not null, demand text not null, primary key (owner, lacks)
  );
  create table if not exists starts (name text not null, units real not null, at_ms integer not null);
`;

interface DemandRow {
  readonly owner: string;
  readonly demand: string;
  readonly since_ms: number;
}

/** What the tasks of all runs of a home take of their host, and who waits: one file that the processes share. */
export class Ledger {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly owner: string;
  private readonly path: string;

  /** @throws disk-full */
  constructor(path: string, owner: string) {
    this.owner = owner;
    this.path = path;
    this.database = this.told(() => opened(path));
    this.run("insert into owners values (?, ?, ?, ?)", owner, hostname(), process.pid, processBirth(process.pid));
  }

  /** One after the other among all processes. */
  transaction<T>(work: () => T): T {
    this.run("begin immediate");
    try {
      const result = work();
      this.run("commit");
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.run("rollback");
      throw error;
    }
  }

  leases(): readonly (Demand & { readonly isOwn: boolean })[] {
    return this.demands("select owner, demand, 0 as since_ms from leases");
  }

  /** Those of other runs. */
  waits(): readonly (Demand & { readonly sinceMs: number })[] {
    return this.demands("select * from waits").filter(({ isOwn }) => !isOwn);
  }

  /** Since when this run has waited for lack of that; null when it has not. */
  waitsSinceMs(lacks: string): number | null {
    const rows = this.all<DemandRow>("select * from waits where owner = ? and lacks = ?", this.owner, lacks);
    return rows[0]?.since_ms ?? null;
  }

  isAnyoneElseWaiting(): boolean {
    return this.all("select 1 from waits where owner <> ? limit 1", this.owner).length > 0;
  }

  isAnyoneElseHere(): boolean {
    return this.all("select 1 from owners where owner <> ? limit 1", this.owner).length > 0;
  }

  startsAfter(atMs: number): readonly Start[] {
    return this.all<Start>("select name, units, at_ms as atMs from starts where at_ms > ?", atMs);
  }

  addLease(demand: Demand): number {
    const { lastInsertRowid } = this.prepared("insert into leases (owner, demand) values (?, ?)").run(
      this.owner,
      JSON.stringify(demand),
    );
    return Number(lastInsertRowid);
  }

  removeLease(lease: number): void {
    this.run("delete from leases where lease = ?", lease);
  }

  /** Notes the use of named resources, and forgets uses before `forgetMs`. */
  addStarts(named: Demand["named"], atMs: number, forgetMs: number): void {
    this.run("delete from starts where at_ms <= ?", forgetMs);
    for (const [name, units] of Object.entries(named))
      this.run("insert into starts values (?, ?, ?)", name, units, atMs);
  }

  addWait(lacks: string, sinceMs: number, demand: Demand): void {
    const text = JSON.stringify(demand);
    this.run(
      `insert into waits values (?, ?, ?, ?) on conflict (owner, lacks) do update set demand = excluded.demand`,
      ...[this.owner, lacks, sinceMs, text],
    );
  }

  removeWait(lacks: string): void {
    this.run("delete from waits where owner = ? and lacks = ?", this.owner, lacks);
  }

  /** Forgets all that processes left which are gone. */
  removeDead(): void {
    const owners = this.all<{ owner: string; host: string; pid: number; birth: string }>("select * from owners");
    for (const { owner, host, pid, birth } of owners) {
      if (host !== hostname() || (isProcessAlive(pid) && processBirth(pid) === birth)) continue;
      this.forget(owner);
    }
  }

  close(): void {
    try {
      this.transaction(() => this.forget(this.owner));
    } catch (error) {
      // As on a full disk: others forget an owner whose process is gone by themselves.
      if (!(error instanceof KindredError && error.code === "disk-full")) throw error;
    } finally {
      this.database.close();
    }
  }

  private forget(owner: string): void {
    for (const table of ["leases", "waits", "owners"]) this.run(`delete from ${table} where owner = ?`, owner);
  }

  private demands(sql: string) {
    return this.all<DemandRow>(sql).map((row) => ({
      ...(JSON.parse(row.demand) as Demand),
      isOwn: row.owner === this.owner,
      sinceMs: row.since_ms,
    }));
  }

  private all<Row>(sql: string, ...values: (string | number)[]): Row[] {
    return this.told(() => this.prepared(sql).all(...values) as Row[]);
  }

  private run(sql: string, ...values: (string | number)[]): void {
    this.told(() => this.prepared(sql).run(...values));
  }

  /** Every access may need room on the disk, reading too. */
  private told<T>(access: () => T): T {
    try {
      return access();
    } catch (error) {
      throw diskError(error, this.path);
    }
  }

  private prepared(sql: string): StatementSync {
    const known = this.statements.get(sql) ?? this.database.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }
}

/** A file that a power cut tore is made anew: what it said is of processes that are gone. */
function opened(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  try {
    return withSchema(path);
  } catch (error) {
    if (!/not a database|malformed/.test((error as Error).message)) throw error;
    for (const part of ["", "-wal", "-shm"]) rmSync(`${path}${part}`, { force: true });
    return withSchema(path);
  }
}

function withSchema(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(schema);
  return database;
}
