import { z } from "zod";
import type { AuditRecord, DataSets } from "../../flow/index.ts";

const gateSchema = z.object({
  gate: z.string(),
  figure: z.string(),
  bound: z.number(),
  seen: z.number().nullable(),
  passed: z.boolean(),
});

const comparedShape = {
  kind: z.string(),
  figures: z.record(z.string(), z.number().nullable()),
  gates: z.array(gateSchema),
};

/** What a promote leaves of the data set that it is about, and a refused one of each. */
const promotedSchema = z.object(comparedShape);
const refusedSchema = z.object({
  dataSets: z.array(z.object({ ...comparedShape, name: z.string(), from: z.number().nullable() })),
});
const reasonSchema = z.object({ reason: z.string().nullable() });

/** How a data set differed from what production had, and what the gates said to it. */
export interface ComparedOnRecord extends z.infer<typeof promotedSchema> {
  readonly name: string;
  /** The version that production had; null when it had none. */
  readonly from: number | null;
}

/** Something that happened in production, with what is on record of it. */
export interface ProductionChange extends AuditRecord {
  readonly reason: string | null;
  /** What was compared; empty where nothing was, as of a rollback. */
  readonly compared: readonly ComparedOnRecord[];
}

/** Which records are read. */
export interface HistoryFilter {
  readonly project: string;
  /** What happened to one data set alone. */
  readonly name?: string | undefined;
  readonly limit: number;
}

/** The most records that are looked through for those of one data set. */
const lookedThroughMax = 10_000;

/** What happened in production, newest first. */
export async function productionHistory(
  { store }: DataSets,
  { project, name, limit }: HistoryFilter,
): Promise<readonly ProductionChange[]> {
  if (name === undefined) return (await store.audit(project, limit)).map(changeOf);
  const changes = (await store.audit(project, lookedThroughMax)).map(changeOf);
  const isAbout = (change: ProductionChange): boolean =>
    change.name === name || change.compared.some((each) => each.name === name);
  return changes.filter(isAbout).slice(0, limit);
}

/** Details are what whoever wrote them gave: what has another shape is left unread. */
function changeOf(record: AuditRecord): ProductionChange {
  const reason = reasonSchema.safeParse(record.detail).data?.reason ?? null;
  return { ...record, reason, compared: comparedOf(record) };
}

function comparedOf({ name, from, detail }: AuditRecord): readonly ComparedOnRecord[] {
  const promoted = name === null ? undefined : promotedSchema.safeParse(detail).data;
  if (promoted !== undefined && name !== null) return [{ ...promoted, name, from }];
  return refusedSchema.safeParse(detail).data?.dataSets ?? [];
}
