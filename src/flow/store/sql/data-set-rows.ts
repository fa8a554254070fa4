import type { BlobRef } from "../../blob.ts";
import type { DataSetVersion } from "../../namespace/data-set.ts";
import type { AuditAction, AuditRecord } from "../data-set-store.ts";

/** A row of `data_set_versions` with its head. */
export interface VersionRow {
  readonly project: string;
  readonly namespace: string;
  readonly name: string;
  readonly version: number;
  readonly run: number;
  readonly manifest: string;
  readonly previous: number | null;
  readonly made_ms: number;
  readonly made_by: string | null;
  readonly head: number | null;
}

/** Versions with the version that is published of each, to be narrowed by a `where`. */
export const versionsSql = `select data_set_versions.*, data_set_heads.version as head from data_set_versions
  join data_set_heads using (project, namespace, name)`;

/** A version as people see it. */
export function versionOf(row: VersionRow): DataSetVersion {
  const { project, namespace, name, version, previous } = row;
  return {
    ...{ project, namespace, name, version, previous },
    run: String(row.run),
    manifest: JSON.parse(row.manifest) as BlobRef,
    madeMs: row.made_ms,
    madeBy: row.made_by,
    isHead: row.head === version,
  };
}

/** A row of `production_audit`. */
export interface AuditRow {
  readonly entry: number;
  readonly project: string;
  readonly action: string;
  readonly name: string | null;
  readonly from_version: number | null;
  readonly to_version: number | null;
  readonly run: number | null;
  readonly at_ms: number;
  readonly by_user: string | null;
  readonly detail: string;
}

/** An audit record as people see it. */
export function auditOf(row: AuditRow): AuditRecord {
  return {
    entry: row.entry,
    project: row.project,
    action: row.action as AuditAction,
    name: row.name,
    from: row.from_version,
    to: row.to_version,
    run: row.run === null ? null : String(row.run),
    atMs: row.at_ms,
    by: row.by_user,
    detail: JSON.parse(row.detail) as unknown,
  };
}
