import { productionNamespace } from "../../../namespace/namespace-name.ts";
import type { RemovalRight, VersionPlace } from "../../collection-store.ts";
import { lockHead } from "../data-set-writes.ts";
import { assertRight, insertAudit } from "../production-guard.ts";
import type { SqlRunner } from "../sql-port.ts";

/** Removes a version that is not published; see the contract. */
export async function deleteVersion(
  sql: SqlRunner,
  { project, namespace, name, version }: VersionPlace,
  { token, by }: RemovalRight,
  atMs: number,
): Promise<boolean> {
  const isProduction = namespace === productionNamespace;
  if (isProduction) await assertRight(sql, project, token);
  // Locked, so that no rollback leads to it meanwhile.
  if ((await lockHead(sql, { project, namespace, name })) === version) return false;
  const removed = "delete from data_set_versions where project = ? and namespace = ? and name = ? and version = ?";
  if ((await sql.run(removed, project, namespace, name, version)) !== 1) return false;
  const entry = { project, action: "removed", name, from: version, by, detail: null } as const;
  if (isProduction) await insertAudit(sql, entry, atMs);
  return true;
}
