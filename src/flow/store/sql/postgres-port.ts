import type { Pool, PoolClient } from "pg";
import { type Clock, KindredError } from "../../../base/index.ts";
import { Patience } from "../patience.ts";
import { columnReaders, inPostgres, schemaInPostgres } from "./postgres-dialect.ts";
import { connectionError, isBroken, isPassing } from "./postgres-errors.ts";
import type { SqlPort, SqlRunner, SqlValue, SqlWork } from "./sql-port.ts";

/** Connections of one process at most: one commits in groups, the others read. */
const connections = 4;
/** A database that does not come back within it is given up. */
const patienceMs = 30_000;
/** A statement without an answer for so long is taken for one whose connection broke. */
const answerMs = 60_000;
/** The advisory lock of migrations: the letters "kind". */
const migrationLock = 0x6b696e64;

/** How a PostgreSQL database is opened. */
export interface PostgresOptions {
  /** Where leases go by another clock than the database's own. */
  readonly leaseClock?: Clock | undefined;
  readonly patienceMs?: number | undefined;
}

/** Run metadata in the schema `kindred` of a PostgreSQL database, for processes of many machines. */
export class PostgresPort implements SqlPort {
  readonly place: string;
  private readonly pool: Pool;
  private readonly options: PostgresOptions;
  private readonly statements = new Map<string, { readonly name: string; readonly text: string }>();

  private constructor(pool: Pool, place: string, options: PostgresOptions) {
    this.pool = pool;
    this.place = place;
    this.options = options;
  }

  /** @throws config-invalid when the package `pg` is not installed or the URL is none; no error names the password */
  static async open(url: string, options: PostgresOptions = {}): Promise<PostgresPort> {
    const place = placeOf(url);
    const { default: pg } = await import("pg").catch((cause: unknown) => {
      const hint = "Run: npm i pg@8";
      throw new KindredError("config-invalid", { seen: "the package pg is not installed", hint, cause });
    });
    const quiet = (): string => "told by the statement that meets it";
    const pool = new pg.Pool({
      ...{ connectionString: url, max: connections, application_name: "kindred", keepAlive: true },
      ...{ connectionTimeoutMillis: 5_000, query_timeout: answerMs, idle_in_transaction_session_timeout: answerMs },
      types: { getTypeParser: (type: number) => columnReaders[type] ?? pg.types.getTypeParser(type) },
      onConnect: async (client) => {
        client.on("error", quiet);
        await client.query("set search_path to kindred");
      },
    });
    pool.on("error", quiet);
    return new PostgresPort(pool, place, options);
  }

  async run(sql: string, ...values: SqlValue[]): Promise<number> {
    return this.patiently(() => this.runnerOf(this.pool).run(sql, ...values));
  }

  async all<Row>(sql: string, ...values: SqlValue[]): Promise<Row[]> {
    return this.patiently(() => this.runnerOf(this.pool).all<Row>(sql, ...values));
  }

  async transaction<T>(work: SqlWork<T>): Promise<T> {
    let repeated = false;
    return this.patiently(async () => {
      const client = await this.pool.connect();
      let isCommitting = false;
      try {
        await client.query("begin");
        const result = await work(this.runnerOf(client), repeated);
        isCommitting = true;
        await client.query("commit");
        client.release();
        return result;
      } catch (error) {
        repeated ||= isCommitting;
        await endBadly(client, error);
        throw error;
      }
    });
  }

  async migration<T>(work: SqlWork<T>): Promise<T> {
    return this.transaction(async (sql, repeated) => {
      await sql.all("select pg_advisory_xact_lock(cast(? as bigint))", migrationLock);
      // `if not exists` asks for the right to make one even where there is one, which only an administrator may have.
      const [found] = await sql.all<{ readonly there: boolean }>(
        "select to_regnamespace('kindred') is not null as there",
      );
      if (found?.there !== true) await sql.run("create schema kindred");
      return work(sql, repeated);
    });
  }

  async schemaVersion(sql: SqlRunner): Promise<number> {
    const asked = "select to_regclass('kindred.schema_version') is not null as there";
    const there = (await sql.all<{ readonly there: boolean }>(asked))[0]?.there;
    if (there !== true) return 0;
    const rows = await sql.all<{ readonly version: number }>("select version from kindred.schema_version");
    return rows[0]?.version ?? 0;
  }

  async setSchemaVersion(sql: SqlRunner, version: number): Promise<void> {
    await sql.run("create table if not exists schema_version (version bigint not null)");
    await sql.run("delete from schema_version");
    await sql.run("insert into schema_version (version) values (?)", version);
  }

  schemaText(statement: string): string {
    return schemaInPostgres(statement);
  }

  /** PostgreSQL checks its pages as it reads them, where its cluster was made with `--data-checksums`. */
  async checkWhole(): Promise<void> {}

  /** PostgreSQL's own vacuum sees to it. */
  async giveBack(): Promise<void> {}

  async sharedNowMs(): Promise<number> {
    if (this.options.leaseClock !== undefined) return this.options.leaseClock.nowMs();
    const asked = "select cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint) as now_ms";
    return (await this.all<{ readonly now_ms: number }>(asked))[0]?.now_ms ?? 0;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private patiently<T>(work: () => Promise<T>): Promise<T> {
    const patience = new Patience(this.options.patienceMs ?? patienceMs);
    return patience.run(work, isPassing).catch((error: unknown) => {
      throw connectionError(error, this.place);
    });
  }

  private runnerOf(queryable: Pool | PoolClient): SqlRunner {
    return {
      run: async (sql, ...values) => (await queryable.query({ ...this.prepared(sql), values })).rowCount ?? 0,
      all: async <Row>(sql: string, ...values: SqlValue[]) =>
        (await queryable.query({ ...this.prepared(sql), values })).rows as Row[],
    };
  }

  /** Named, so that the database parses each statement once a connection. */
  private prepared(sql: string): { readonly name: string; readonly text: string } {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = { name: `kindred_${this.statements.size}`, text: inPostgres(sql) };
    this.statements.set(sql, statement);
    return statement;
  }
}

async function endBadly(client: PoolClient, error: unknown): Promise<void> {
  const isGone =
    isBroken(error) ||
    (await client.query("rollback").then(
      () => false,
      () => true,
    ));
  client.release(isGone);
}

/** The database by host and name, without user and password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) {
    const expected = "postgres://USER@HOST:PORT/DATABASE, the password in the URL or in PGPASSWORD";
    throw new KindredError("config-invalid", { seen: "a URL of metadata that cannot be read", expected });
  }
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}
