import { type Clock, KindredError } from "../../../base/index.ts";
import type { DataSetId, DataSetOutput, DataSetVersion } from "../../namespace/data-set.ts";
import { productionNamespace } from "../../namespace/namespace-name.ts";
import type {
  AuditRecord,
  DataSetFilter,
  DataSetStore,
  ProductionRight,
  Promotion,
  Rollback,
} from "../data-set-store.ts";
import { whereAll } from "./conditions.ts";
import { type AuditRow, auditOf, type VersionRow, versionOf, versionsSql } from "./data-set-rows.ts";
import { outputsOf } from "./data-set-writes.ts";
import { assertRight, insertAudit } from "./production-guard.ts";
import { promoted, rolledBack } from "./production-writes.ts";
import { runNumber } from "./run-number.ts";
import type { SqlPort, SqlRunner } from "./sql-port.ts";

/** Data sets in SQL. */
export class SqlDataSets implements DataSetStore {
  private readonly port: SqlPort;
  private readonly clock: Clock;

  constructor(port: SqlPort, clock: Clock) {
    this.port = port;
    this.clock = clock;
  }

  async resolve(project: string, namespace: string): Promise<readonly DataSetVersion[]> {
    return resolveDataSets(this.port, project, namespace);
  }

  async versions({ project, namespace, name }: DataSetFilter): Promise<readonly DataSetVersion[]> {
    const { where, values } = whereAll([
      ["project = ?", project],
      ["namespace = ?", namespace],
      ["name = ?", name],
    ]);
    const sql = `${versionsSql} ${where} order by project, namespace, name, data_set_versions.version desc`;
    const rows = await this.port.all<VersionRow>(sql, ...values);
    return rows.map(versionOf);
  }

  async head(id: DataSetId): Promise<DataSetVersion> {
    const head = (await this.versions(id)).find(({ isHead }) => isHead);
    if (head !== undefined) return head;
    throw new KindredError("not-found", {
      seen: `no data set "${id.name}" in ${id.namespace} of project "${id.project}"`,
      hint: "kindred data lists them",
    });
  }

  async outputs(run: string): Promise<readonly DataSetOutput[]> {
    const rows = await outputsOf(this.port, runNumber(run));
    return rows.map(({ name, manifest }) => ({ run, name, manifest: JSON.parse(manifest) }));
  }

  async promote(promotion: Promotion): Promise<readonly DataSetVersion[]> {
    const { project } = promotion;
    await this.port.transaction((sql, repeated) => promoted(sql, promotion, { atMs: this.clock.nowMs(), repeated }));
    const names = new Set(promotion.dataSets.map(({ name }) => name));
    return (await this.versions({ project, namespace: productionNamespace })).filter(
      ({ name, isHead }) => isHead && names.has(name),
    );
  }

  async rollback(rollback: Rollback): Promise<DataSetVersion> {
    const { project, name } = rollback;
    await this.port.transaction((sql, repeated) => rolledBack(sql, rollback, { atMs: this.clock.nowMs(), repeated }));
    return this.head({ project, namespace: productionNamespace, name });
  }

  async addToken({ project, token, by }: ProductionRight, hash: string): Promise<void> {
    const inserted = `insert into production_tokens (project, hash, made_ms, made_by) values (?, ?, ?, ?)
      on conflict (project, hash) do nothing`;
    await this.port.transaction(async (sql) => {
      const known = await sql.all("select hash from production_tokens where project = ? and hash <> ?", project, hash);
      if (known.length > 0) await assertRight(sql, project, token);
      await sql.run(inserted, project, hash, this.clock.nowMs(), by);
      const detail = { hash: hash.slice(0, 12) };
      await insertAudit(sql, { project, action: "token-made", by, detail }, this.clock.nowMs());
    });
  }

  async audit(project: string, limit: number): Promise<readonly AuditRecord[]> {
    const asked = "select * from production_audit where project = ? order by entry desc limit ?";
    return (await this.port.all<AuditRow>(asked, project, limit)).map(auditOf);
  }

  async recordRefusal(project: string, run: string, by: string | null, detail: unknown): Promise<void> {
    const entry = { project, action: "refused", run: runNumber(run), by, detail } as const;
    await this.port.transaction((sql) => insertAudit(sql, entry, this.clock.nowMs()));
  }
}

/** The published version of each data set that a run in the namespace sees: its own, else production's. */
export async function resolveDataSets(
  sql: SqlRunner,
  project: string,
  namespace: string,
): Promise<readonly DataSetVersion[]> {
  const asked = `${versionsSql} where project = ? and namespace in (?, ?)
    and data_set_versions.version = data_set_heads.version order by name`;
  const rows = await sql.all<VersionRow>(asked, project, namespace, productionNamespace);
  const own = new Set(rows.filter((row) => row.namespace === namespace).map(({ name }) => name));
  return rows.filter((row) => row.namespace === namespace || !own.has(row.name)).map(versionOf);
}
