import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Clock, diskError, KindredError } from "../../../base/index.ts";
import { Serial } from "./serial.ts";
import type { SqlPort, SqlRunner, SqlValue, SqlWork } from "./sql-port.ts";

/**
 * A transaction waits between its statements, and nothing else may slip in there. SQLite waits for a lock without letting
 * anything else of the process go on, so two stores of one process on one file would stop each other: they share one order.
 */
const serials = new Map<string, Serial>();

function serialOf(path: string): Serial {
  const known = serials.get(path) ?? new Serial();
  serials.set(path, known);
  return known;
}

/** Pages of 4 KiB that are given back at a time. */
const pagesAtATime = 256;

/** Run metadata in one SQLite file, for the processes of one machine. */
export class SqlitePort implements SqlPort {
  readonly place: string;
  private readonly database: DatabaseSync;
  private readonly clock: Clock;
  private readonly statements = new Map<string, StatementSync>();
  private readonly serial: Serial;
  private readonly inside: SqlRunner;

  /**
   * Opens the file, making it when absent. Commits survive the death of any process; a power cut may lose the last of
   * them (their tasks run again) but never tears the file. @throws artifact-damaged when it is no SQLite database
   */
  constructor(path: string, clock: Clock) {
    this.place = path;
    this.clock = clock;
    this.serial = path === ":memory:" ? new Serial() : serialOf(resolve(path));
    this.database = opened(path);
    this.inside = {
      run: async (sql, ...values) => Number(this.prepared(sql).run(...values).changes),
      all: async <Row>(sql: string, ...values: SqlValue[]) => this.prepared(sql).all(...values) as Row[],
    };
  }

  async run(sql: string, ...values: SqlValue[]): Promise<number> {
    return this.transaction((inside) => inside.run(sql, ...values));
  }

  async all<Row>(sql: string, ...values: SqlValue[]): Promise<Row[]> {
    return this.serial
      .run(() => this.inside.all<Row>(sql, ...values))
      .catch((error: unknown) => {
        throw storeError(error, this.place);
      });
  }

  async transaction<T>(work: SqlWork<T>): Promise<T> {
    return this.serial.run(async () => {
      try {
        this.prepared("begin immediate").run();
        const result = await work(this.inside, false);
        this.prepared("commit").run();
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (this.database.isTransaction) this.prepared("rollback").run();
        throw storeError(error, this.place);
      }
    });
  }

  async migration<T>(work: SqlWork<T>): Promise<T> {
    return this.transaction(work);
  }

  /** SQLite has no check sums of its own, but its pages must fit together. 12 ms for 100,000 tasks that were read lately. */
  async checkWhole(): Promise<void> {
    const rows = await this.all<{ readonly integrity_check: string }>("pragma integrity_check(1)");
    const found = rows[0]?.integrity_check ?? "ok";
    if (found !== "ok") throw damageError(found, this.place);
  }

  /** What a running run commits waits for one step at most: 1 MiB of pages are moved, 36 ms. A file that was made without that mode keeps its room. */
  async giveBack(beforeStep: () => void): Promise<void> {
    for (let left = Number.POSITIVE_INFINITY; ; ) {
      beforeStep();
      const [row] = await this.all<{ readonly freelist_count: number }>("pragma freelist_count");
      const free = row?.freelist_count ?? 0;
      if (free === 0 || free >= left) break;
      left = free;
      await this.all(`pragma incremental_vacuum(${pagesAtATime})`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.all("pragma wal_checkpoint(passive)");
  }

  async schemaVersion(sql: SqlRunner): Promise<number> {
    const [row] = await sql.all<{ readonly user_version: number }>("pragma user_version");
    return row?.user_version ?? 0;
  }

  async setSchemaVersion(_sql: SqlRunner, version: number): Promise<void> {
    this.database.exec(`pragma user_version = ${version}`);
  }

  schemaText(statement: string): string {
    return statement;
  }

  async sharedNowMs(): Promise<number> {
    return this.clock.nowMs();
  }

  async close(): Promise<void> {
    await this.serial.run(async () => this.database.close());
  }

  private prepared(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(inSqlite(sql));
    this.statements.set(sql, statement);
    return statement;
  }
}

function inSqlite(sql: string): string {
  return sql.replace("{given}", "json_each(?) as given").replace("{array}", "json_group_array").replace("{share}", "");
}

function opened(path: string): DatabaseSync {
  try {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path);
    database.exec("pragma busy_timeout = 10000");
    // Only before there is any table: it writes, and later than that it changes nothing.
    if (database.prepare("pragma page_count").get()?.page_count === 0)
      database.exec("pragma auto_vacuum = incremental");
    database.exec("pragma journal_mode = wal; pragma synchronous = normal");
    return database;
  } catch (error) {
    throw storeError(error, path);
  }
}

/** What SQLite says of a damaged file and of a full disk, which reading needs room on too, in words that say what to do. */
function storeError(error: unknown, path: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/not a database|malformed/.test(message)) return damageError(message, path, error);
  return isUnwritable(error) ? unwritableError(message, path, error) : diskError(error, path);
}

/** SQLite's own codes for what the user may not write or open, less how it came to that. */
const sqliteUnwritable: readonly number[] = [8, 14];

function isUnwritable(error: unknown): boolean {
  const { code = "", errcode = 0 } = error as { code?: string; errcode?: number };
  return ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(code) || sqliteUnwritable.includes(errcode & 0xff);
}

function unwritableError(seen: string, path: string, cause: unknown): KindredError {
  return new KindredError("output-refused", {
    seen: `the run metadata cannot be written (${seen})`,
    expected: "a folder that this user may write",
    hint: "KINDRED_HOME names another home",
    where: { file: path },
    cause,
  });
}

function damageError(found: string, path: string, cause?: unknown): KindredError {
  return new KindredError("artifact-damaged", {
    seen: `the run metadata cannot be read (${found})`,
    expected: "a SQLite database that kindred wrote",
    hint: "Put back a copy, or move the file away to begin with no runs",
    where: { file: path },
    cause,
  });
}
