import { defaultProject, productionNamespace } from "../../namespace/namespace-name.ts";
import { assertProductionToken } from "../../namespace/production-token.ts";
import type { AuditAction } from "../data-set-store.ts";
import type { SqlRunner } from "./sql-port.ts";

/** The project that a run belongs to. */
export function projectOf(project: string | null): string {
  return project ?? defaultProject;
}

/** Checks a token within the transaction that it is to allow. @throws refused */
export async function assertRight(sql: SqlRunner, project: string, token: string | undefined): Promise<void> {
  const rows = await sql.all<{ readonly hash: string }>(
    "select hash from production_tokens where project = ?",
    project,
  );
  assertProductionToken(
    token,
    rows.map(({ hash }) => hash),
    project,
  );
}

/** Whose run somebody wants to make or to go on with. */
export interface GuardedRun {
  readonly namespace: string | null;
  readonly project: string | null;
}

/** A run in production is made, and gone on with, by the bearer of a token alone. @throws refused */
export async function assertMayRun(sql: SqlRunner, run: GuardedRun, token: string | undefined): Promise<void> {
  if (run.namespace === productionNamespace) await assertRight(sql, projectOf(run.project), token);
}

/** What an audit record is made of. */
export interface AuditEntry {
  readonly project: string;
  readonly action: AuditAction;
  readonly name?: string;
  readonly from?: number | null;
  readonly to?: number | null;
  readonly run?: number | null;
  readonly by: string | null;
  readonly detail: unknown;
}

/** Writes an audit record, in the transaction of what it tells of. */
export async function insertAudit(sql: SqlRunner, entry: AuditEntry, atMs: number): Promise<void> {
  const inserted = `insert into production_audit (project, action, name, from_version, to_version, run, at_ms, by_user, detail)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { project, action, name = null, from = null, to = null, run = null, by, detail } = entry;
  await sql.run(inserted, project, action, name, from, to, run, atMs, by, JSON.stringify(detail ?? null));
}
