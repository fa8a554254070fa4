import type { Claim, EntityRef, Mention, RecordRef } from "../../ontology/index.ts";
import { foldLabel } from "../fold-label.ts";
import type { Draft } from "./draft.ts";
import type { MentionIndex } from "./mention-index.ts";
import type { Settled } from "./settle.ts";
import type { UnresolvedReason } from "./unresolved.ts";
import { vocabularyEntry, vocabularyTypes } from "./vocabulary.ts";

/** Works that a document may name as an object without any catalogue holding them. */
const mentionOnlyTypes: readonly string[] = ["book"];

/** An end of a claim that is known: its type, and its entity, made only when asked for. */
export interface Placement {
  readonly type: number;
  entity(): number;
}

/** An end of a claim that cannot be told. */
export interface Refusal {
  readonly reason: UnresolvedReason;
  readonly message: string;
  readonly candidates: readonly string[];
}

/** Finds what the ends of claims mean. */
export interface Ends {
  subject(end: Claim["subject"]): Placement | Refusal;
  object(end: Claim["subject"]): Placement | Refusal;
}

/** A resolver for the ends of the given claims. */
export function endResolver(draft: Draft, settled: Settled, claims: readonly Claim[], index: MentionIndex): Ends {
  const wantedIds = new Set(
    claims.flatMap((claim) => [claim.subject, claim.object]).flatMap((end) => (end.kind === "entity" ? [end.id] : [])),
  );
  const entityById = new Map<string, number>();
  settled.ids.forEach((id, entity) => {
    if (wantedIds.has(id)) entityById.set(id, entity);
  });
  const known = (entity: number | undefined, name: string): Placement | Refusal => {
    if (entity === undefined)
      return { reason: "unknown", message: `nothing in the graph is "${name}"`, candidates: [] };
    return { type: settled.types[entity] as number, entity: () => entity };
  };
  const resolve = (end: EntityRef | RecordRef | Mention, mayCreate: boolean): Placement | Refusal => {
    if (end.kind === "entity") return known(entityById.get(end.id), end.id);
    if (end.kind === "mention") return resolveMention(draft, settled, index, end, mayCreate);
    const record = draft.records.find(end.source, end.id);
    return known(record === undefined ? undefined : settled.records.entities[record], `${end.source}/${end.id}`);
  };
  return { subject: (end) => resolve(end, false), object: (end) => resolve(end, true) };
}

function resolveMention(
  draft: Draft,
  settled: Settled,
  index: MentionIndex,
  mention: Mention,
  mayCreate: boolean,
): Placement | Refusal {
  const type = draft.codes.typeCode(mention.entityType);
  const fold = foldLabel(mention.name);
  if (type === undefined || fold === "") {
    return { reason: "empty", message: `"${mention.name}" names nothing`, candidates: [] };
  }
  if (vocabularyTypes.includes(mention.entityType)) return vocabularyPlacement(draft, type, mention.name);
  const candidates = index.candidates(mention);
  if (candidates.length === 1) {
    const entity = candidates[0] as number;
    return { type: settled.types[entity] as number, entity: () => entity };
  }
  if (candidates.length > 1) return ambiguous(settled, mention, candidates);
  if (mayCreate && mentionOnlyTypes.includes(mention.entityType)) return newWork(draft, type, mention, fold);
  const year = mention.year === undefined ? "" : ` of ${mention.year}`;
  return { reason: "unknown", message: `no ${mention.entityType}${year} is called "${mention.name}"`, candidates: [] };
}

function ambiguous(settled: Settled, mention: Mention, candidates: readonly number[]): Refusal {
  const ids = candidates.map((entity) => settled.ids[entity] as string).sort();
  return {
    reason: "ambiguous",
    message: `"${mention.name}" may be ${ids.length} entities`,
    candidates: ids.slice(0, 20),
  };
}

function vocabularyPlacement(draft: Draft, type: number, name: string): Placement {
  const entity = (): number => {
    const entry = vocabularyEntry(draft, type, name) as { entity: number; spelling: number };
    draft.labels.add(entry.entity, entry.spelling, draft.records.sourceNames.length, false);
    return entry.entity;
  };
  return { type, entity };
}

function newWork(draft: Draft, type: number, mention: Mention, fold: string): Placement {
  const entity = (): number => {
    const made = draft.entities.indexOf("mention", `${mention.entityType}\u0000${fold}\u0000${mention.year ?? ""}`);
    draft.entities.noteType(made, type, mention.name);
    draft.labels.add(made, draft.labels.spelling(mention.name), draft.records.sourceNames.length, false);
    return made;
  };
  return { type, entity };
}
