import { KindredError } from "../../../base/index.ts";
import { productionNamespace } from "../../namespace/namespace-name.ts";
import type { Promotion, Rollback } from "../data-set-store.ts";
import { type VersionRow, versionsSql } from "./data-set-rows.ts";
import { lockHead, moveHead, outputsOf, publishVersion } from "./data-set-writes.ts";
import { assertRight, insertAudit, projectOf } from "./production-guard.ts";
import { noRun, runNumber } from "./run-number.ts";
import type { SqlRunner } from "./sql-port.ts";

/** When production is written; and whether it may have been already, because the connection broke. */
interface WriteMoment {
  readonly atMs: number;
  readonly repeated: boolean;
}

/** Makes outputs of a run the published versions of production, or none of them. @throws refused, not-found */
export async function promoted(sql: SqlRunner, promotion: Promotion, { atMs, repeated }: WriteMoment): Promise<void> {
  const { project, token, by, dataSets } = promotion;
  const run = runNumber(promotion.run);
  await assertRight(sql, project, token);
  await assertPromotable(sql, run, project);
  const outputs = await outputsOf(sql, run);
  // Heads are locked in one order, so that two promotes never wait for each other.
  for (const { name, expected, detail } of dataSets.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const output = outputs.find((each) => each.name === name);
    if (output === undefined) throw new KindredError("not-found", { seen: `run ${run} made no data set "${name}"` });
    const id = { project, namespace: productionNamespace, name };
    const head = await lockHead(sql, id);
    if (repeated && (await isPromotedOver(sql, id.name, project, { head, run, expected }))) continue;
    if (head !== (expected ?? 0)) throw movedOn(name, expected, head);
    const to = await publishVersion(sql, id, { output, head, atMs, by });
    await insertAudit(sql, { project, action: "promoted", name, from: expected, to, run, by, detail }, atMs);
  }
}

/** Makes an earlier version the published one again. @throws refused, not-found */
export async function rolledBack(sql: SqlRunner, rollback: Rollback, { atMs, repeated }: WriteMoment): Promise<void> {
  const { project, token, by, name, expected, detail } = rollback;
  await assertRight(sql, project, token);
  const id = { project, namespace: productionNamespace, name };
  const head = await lockHead(sql, id);
  const versions = await sql.all<VersionRow>(
    `${versionsSql} where project = ? and namespace = ? and name = ?`,
    project,
    productionNamespace,
    name,
  );
  const undone = versions.find(({ version }) => version === expected);
  const to = rollback.to ?? undone?.previous ?? null;
  const target = versions.find(({ version }) => version === to);
  if (repeated && target !== undefined && head === to) return;
  if (head !== expected) throw movedOn(name, expected, head);
  if (target === undefined || target.version === head) throw nothingBefore(name, head, rollback.to);
  await moveHead(sql, id, target.version);
  const [from, run] = [expected, target.run];
  await insertAudit(sql, { project, action: "rolled-back", name, from, to, run, by, detail }, atMs);
}

interface PromotableRow {
  readonly project: string | null;
  readonly status: string;
}

async function assertPromotable(sql: SqlRunner, run: number, project: string): Promise<void> {
  // Shared, so that no collection takes the run before its version is written.
  const row = (await sql.all<PromotableRow>("select project, status from runs where run = ? {share}", run))[0];
  if (row === undefined) throw noRun(String(run));
  const where = { run: String(run) };
  if (projectOf(row.project) !== project) {
    const seen = `the run is one of project "${projectOf(row.project)}"`;
    throw new KindredError("refused", { seen, expected: `a run of project "${project}"`, where });
  }
  if (row.status === "done") return;
  throw new KindredError("refused", { seen: `the run is ${row.status}`, expected: "a run that is done", where });
}

async function isPromotedOver(
  sql: SqlRunner,
  name: string,
  project: string,
  { head, run, expected }: { readonly head: number; readonly run: number; readonly expected: number | null },
): Promise<boolean> {
  const asked = `select run, previous from data_set_versions
    where project = ? and namespace = ? and name = ? and version = ?`;
  const rows = await sql.all<VersionRow>(asked, project, productionNamespace, name, head);
  return rows[0]?.run === run && rows[0].previous === expected;
}

function movedOn(name: string, expected: number | null, head: number): KindredError {
  return new KindredError("refused", {
    seen: `production's "${name}" is at version ${head === 0 ? "none" : head} now`,
    expected: `version ${expected ?? "none"}, which the difference was shown against`,
    hint: "Somebody else changed production meanwhile: look at the difference again",
  });
}

function nothingBefore(name: string, head: number, to: number | null): KindredError {
  return new KindredError("not-found", {
    seen:
      to === null ? `nothing was published before version ${head} of "${name}"` : `no other version ${to} of "${name}"`,
    expected: "an earlier version to go back to",
    hint: `kindred data ${name} --production lists them`,
  });
}
