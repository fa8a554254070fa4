import {
  type Claim,
  checkClaim,
  type Literal,
  type LiteralType,
  type Mention,
  type Provenance,
} from "../../ontology/index.ts";
import { type Ends, endResolver, type Placement } from "./claim-ends.ts";
import type { Draft } from "./draft.ts";
import { literalObject } from "./literals.ts";
import { mentionIndex } from "./mention-index.ts";
import type { Settled } from "./settle.ts";
import { objectKinds } from "./statement-log.ts";
import type { UnresolvedReason } from "./unresolved.ts";

/**
 * Adds claims of documents and people to the draft. An end that is unknown or may be several things is never guessed:
 * the claim is listed as unresolved instead. Returns how many claims were added.
 */
export function placeClaims(draft: Draft, settled: Settled, claims: readonly Claim[]): number {
  const mentions = claims.flatMap((claim) => [claim.subject, claim.object]).filter((end) => end.kind === "mention");
  const ends = endResolver(draft, settled, claims, mentionIndex(draft, settled, mentions as Mention[]));
  return claims.filter((claim) => placeClaim(draft, claim, ends)).length;
}

function placeClaim(draft: Draft, claim: Claim, ends: Ends): boolean {
  const problem = checkClaim(draft.codes.ontology, claim)[0];
  if (problem) return refuse(draft, claim, "ontology", problem.message);
  const relation = draft.codes.relationCode(claim.relation) as number;
  const subject = ends.subject(claim.subject);
  if ("reason" in subject)
    return refuse(draft, claim, subject.reason, `subject: ${subject.message}`, subject.candidates);
  const object = claim.object.kind === "literal" ? claim.object : ends.object(claim.object);
  if ("reason" in object) return refuse(draft, claim, object.reason, `object: ${object.message}`, object.candidates);
  if (!("kind" in object)) return placeEdge(draft, claim, relation, subject, object);
  return placeLiteral(draft, claim, relation, subject, object);
}

function placeEdge(draft: Draft, claim: Claim, relation: number, subject: Placement, object: Placement): boolean {
  if (!draft.codes.allows(subject.type, relation, object.type)) {
    const [from, to] = [draft.codes.typeName(subject.type), draft.codes.typeName(object.type)];
    return refuse(draft, claim, "ontology", `a ${from} cannot be "${claim.relation}" with a ${to}`);
  }
  const [subjectEntity, objectEntity] = [subject.entity(), object.entity()];
  if (subjectEntity === objectEntity) {
    return refuse(draft, claim, "ambiguous", "subject and object lead to the same entity");
  }
  return addStatements(draft, claim, relation, subjectEntity, { objectKind: objectKinds.entity, object: objectEntity });
}

function placeLiteral(draft: Draft, claim: Claim, relation: number, subject: Placement, object: Literal): boolean {
  if (!draft.codes.allows(subject.type, relation, undefined)) {
    return refuse(draft, claim, "ontology", `a ${draft.codes.typeName(subject.type)} has no "${claim.relation}"`);
  }
  const literal = literalObject(draft, draft.codes.relation(relation).range as LiteralType, object.value);
  if (!literal) return refuse(draft, claim, "empty", "the value says nothing");
  return addStatements(draft, claim, relation, subject.entity(), literal);
}

function addStatements(
  draft: Draft,
  claim: Claim,
  relation: number,
  subject: number,
  target: { objectKind: number; object: number },
): boolean {
  const origins = claim.provenance
    .map((provenance) => originOf(draft, provenance))
    .filter((origin) => origin !== undefined);
  if (origins.length === 0) return refuse(draft, claim, "empty", "no source, record or passage is given for it");
  for (const { origin, field } of origins) {
    draft.statements.add(
      { subject, relation, ...target, origin, field },
      claim.confidence,
      claim.rank === "deprecated",
    );
  }
  return true;
}

function originOf(draft: Draft, provenance: Provenance): { origin: number; field: number } | undefined {
  if (provenance.kind === "document") return { origin: -draft.passages.push(provenance), field: 0 };
  const origin = draft.records.find(provenance.source, provenance.id);
  return origin === undefined ? undefined : { origin, field: draft.fieldNames.codeOf(provenance.field) };
}

function refuse(
  draft: Draft,
  claim: Claim,
  reason: UnresolvedReason,
  message: string,
  candidates: readonly string[] = [],
): false {
  const from = claim.provenance[0];
  draft.unresolved.push({
    reason,
    message,
    relation: claim.relation,
    name: `${endText(claim.subject)} - ${endText(claim.object)}`,
    candidates,
    from: from === undefined ? "" : from.kind === "document" ? from.document : `${from.source}/${from.id}`,
  });
  return false;
}

function endText(end: Claim["object"]): string {
  if (end.kind === "literal") return String(end.value);
  if (end.kind === "entity") return end.id;
  if (end.kind === "record") return `${end.source}/${end.id}`;
  return end.year === undefined ? end.name : `${end.name} (${end.year})`;
}
