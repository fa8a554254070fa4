import type { Explanation, Model, PairStanding, WeightPart } from "../../linkage/index.ts";
import { explainPair, priorPart } from "../../linkage/index.ts";
import { inSourceOrder, type RecordName } from "../explain/explain-records.ts";
import { pairTable } from "../linkage/pair-table.ts";
import type { PublishedLinkage } from "../linkage/published-linkage.ts";
import { findRecords, type PlainRecord } from "../linkage/read-records.ts";
import { getFrozen } from "../linkage/stored-counts.ts";
import { getJson } from "../linkage/stored-table.ts";

/** What a linkage makes of a pair that it did not keep. */
export interface UnkeptPair {
  readonly standing: Extract<PairStanding, "unlikely" | "unmade" | "absent">;
  readonly weight: number | null;
  readonly parts: readonly WeightPart[];
}

/** Looks into pairs that a linkage did not keep: compares them anew, by its own model. The records are read in one pass. */
export async function unkeptPairs(
  published: PublishedLinkage,
  pairs: readonly (readonly [RecordName, RecordName])[],
): Promise<UnkeptPair[]> {
  const { blobs, state } = published;
  const records = new Map(
    (pairs.length === 0 ? [] : await findRecords(blobs, state, pairs.flat())).map((record) => [keyOf(record), record]),
  );
  const types = new Map<string, Awaited<ReturnType<typeof openType>>>();
  const found: UnkeptPair[] = [];
  for (const [a, b] of pairs) {
    const [left, right] = [records.get(keyOf(a)), records.get(keyOf(b))];
    if (left === undefined || right === undefined) {
      found.push({ standing: "absent", weight: null, parts: [] });
      continue;
    }
    if (!types.has(left.entityType)) types.set(left.entityType, await openType(published, left.entityType));
    found.push(compare(published, [left, right], types.get(left.entityType)));
  }
  return found;
}

function keyOf({ source, id }: RecordName): string {
  return `${source}\u0000${id}`;
}

type OpenType = { readonly model: Model; readonly frozen: Awaited<ReturnType<typeof getFrozen>> };

async function openType({ blobs, state }: PublishedLinkage, entityType: string): Promise<OpenType | undefined> {
  const scored = state.scored.find((type) => type.entityType === entityType);
  if (scored === undefined) return undefined;
  return { model: await getJson<Model>(blobs, scored.model), frozen: await getFrozen(blobs, scored.frozen) };
}

function compare(
  published: PublishedLinkage,
  [left, right]: readonly [PlainRecord, PlainRecord],
  type: OpenType | undefined,
): UnkeptPair {
  const isCompared = left.entityType === right.entityType;
  if (type === undefined || !isCompared) return { standing: "unmade", weight: null, parts: [] };
  const table = pairTable(inSourceOrder(published, left, right), type.model.settings.fields);
  const explanation = explainPair(table, type.model, type.frozen);
  const { dedupe } = type.model.settings;
  const isMade = explanation.rule !== null && (dedupe || left.source !== right.source);
  return {
    standing: isMade ? "unlikely" : "unmade",
    weight: isMade ? explanation.weight : null,
    parts: isMade ? partsOf(explanation) : [],
  };
}

function partsOf({ rule, priorWeight, steps }: Explanation): WeightPart[] {
  return [
    { name: priorPart, level: rule, weight: priorWeight },
    ...steps.map((step) => ({
      name: steps.filter(({ field }) => field === step.field).length > 1 ? `${step.field} (${step.kind})` : step.field,
      level: step.tendency === "missing" ? null : step.level,
      weight: step.weight,
    })),
  ];
}
