import { GrowingInt32 } from "../../columns/index.ts";
import type { Draft } from "./draft.ts";
import type { MergedClaims } from "./merged-claims.ts";
import { rankClaims } from "./rank-claims.ts";
import type { SettledRecords } from "./record-list.ts";
import { type StatementColumns, sameClaim, sameOrigin, statementColumns, statementOrder } from "./statement-columns.ts";
import { objectKinds } from "./statement-log.ts";

/** Merges equal statements into claims and ranks conflicting ones; what the ontology does not allow is counted and left out. */
export function mergeClaims(
  draft: Draft,
  types: Int32Array,
  places: Int32Array,
  records: SettledRecords,
): MergedClaims {
  const columns = statementColumns(draft, places, records);
  const { rows, rejected } = allowedRows(draft, types, statementOrder(columns));
  const starts = groupStarts(columns, rows);
  const heads = starts.subarray(0, -1).map((start) => rows[start] as number);
  const codes = draft.statements.objects.toArray();
  const pick = (column: Int32Array): Int32Array => heads.map((row) => column[row] as number);
  const claims = {
    count: heads.length,
    subjects: pick(columns.subjects),
    relations: pick(columns.relations),
    objectKinds: pick(columns.objectKinds),
    objects: heads.map(
      (row) => (columns.objectKinds[row] === objectKinds.entity ? columns.objects[row] : codes[row]) as number,
    ),
    ...claimOrigins(draft, columns, rows, starts),
    confidences: highestConfidences(draft, rows, starts),
    rejected,
  };
  return { ...claims, ranks: rankClaims(draft, claims, withdrawnClaims(draft, rows, starts), records) };
}

/** Keeps the statements that the ontology allows, decided once for each relation and pair of types. */
function allowedRows(
  draft: Draft,
  types: Int32Array,
  order: Int32Array,
): { rows: Int32Array; rejected: Map<number, number> } {
  const { codes, statements } = draft;
  const typeCount = codes.ontology.entityTypes.length + 1;
  const decided = new Map<number, boolean>();
  const rejected = new Map<number, number>();
  const [subjects, relations] = [statements.subjects.toArray(), statements.relations.toArray()];
  const [kinds, objects] = [statements.objectKinds.toArray(), statements.objects.toArray()];
  const rows = order.filter((row) => {
    const relation = relations[row] as number;
    const subjectType = types[subjects[row] as number] as number;
    const objectType = kinds[row] === objectKinds.entity ? (types[objects[row] as number] as number) : undefined;
    const key = (relation * typeCount + subjectType) * typeCount + (objectType ?? typeCount - 1);
    let allowed = decided.get(key);
    if (allowed === undefined) {
      allowed = codes.allows(subjectType, relation, objectType);
      decided.set(key, allowed);
    }
    if (!allowed) rejected.set(relation, (rejected.get(relation) ?? 0) + 1);
    return allowed;
  });
  return { rows, rejected };
}

/** Where each claim's statements start among the rows; one entry more than claims. */
function groupStarts(columns: StatementColumns, rows: Int32Array): Int32Array {
  const starts = new GrowingInt32();
  for (let at = 0; at < rows.length; at++) {
    if (at === 0 || !sameClaim(columns, rows[at - 1] as number, rows[at] as number)) starts.push(at);
  }
  starts.push(rows.length);
  return starts.toArray();
}

function claimOrigins(
  draft: Draft,
  columns: StatementColumns,
  rows: Int32Array,
  starts: Int32Array,
): Pick<MergedClaims, "offsets" | "origins" | "fields"> {
  const [allOrigins, allFields] = [draft.statements.origins.toArray(), draft.statements.fields.toArray()];
  const [origins, fields] = [new GrowingInt32(), new GrowingInt32()];
  const offsets = new Int32Array(starts.length);
  for (let claim = 0; claim + 1 < starts.length; claim++) {
    const start = starts[claim] as number;
    for (let at = start; at < (starts[claim + 1] as number); at++) {
      const row = rows[at] as number;
      if (at > start && sameOrigin(columns, rows[at - 1] as number, row)) continue;
      origins.push(allOrigins[row] as number);
      fields.push(allFields[row] as number);
    }
    offsets[claim + 1] = origins.length;
  }
  return { offsets, origins: origins.toArray(), fields: fields.toArray() };
}

/** Several voices for one claim make it as sure as the surest of them: they may all have read the same page. */
function highestConfidences(draft: Draft, rows: Int32Array, starts: Int32Array): Float64Array {
  const confidences = draft.statements.confidences.toArray();
  return Float64Array.from({ length: starts.length - 1 }, (_, claim) => {
    let highest = 0;
    for (let at = starts[claim] as number; at < (starts[claim + 1] as number); at++) {
      highest = Math.max(highest, confidences[rows[at] as number] as number);
    }
    return highest;
  });
}

/** Claims that nobody stands by any more. */
function withdrawnClaims(draft: Draft, rows: Int32Array, starts: Int32Array): Uint8Array {
  return Uint8Array.from({ length: starts.length - 1 }, (_, claim) => {
    for (let at = starts[claim] as number; at < (starts[claim + 1] as number); at++) {
      if (!draft.statements.isDeprecated(rows[at] as number)) return 0;
    }
    return 1;
  });
}
