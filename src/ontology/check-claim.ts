import type { Claim } from "./claim.ts";
import { literalProblem } from "./literal-form.ts";
import { entityTypeOf, isKindOf, type Ontology, type RelationType, relationTypeOf } from "./ontology.ts";

/** The ways a claim can fail to fit an ontology. */
export type ClaimProblemKind =
  | "unknown-relation"
  | "unknown-type"
  | "domain-violation"
  | "range-violation"
  | "literal-form";

/** One way in which a claim does not fit, told in a sentence. */
export interface ClaimProblem {
  readonly kind: ClaimProblemKind;
  readonly message: string;
}

/** The type of an entity or record that a claim refers to; undefined where it is not known, and then it is not checked. */
export type TypeOfRef = (ref: Exclude<Claim["subject"], { kind: "mention" }>) => string | undefined;

/**
 * Says how a claim fails to fit the ontology; an empty list means that it fits.
 * A mention of a broad type (work) fits where one of its narrower types (film) would: the graph decides which it is.
 */
export function checkClaim(ontology: Ontology, claim: Claim, typeOfRef: TypeOfRef = () => undefined): ClaimProblem[] {
  const relation = relationTypeOf(ontology, claim.relation);
  if (relation === undefined) {
    return [{ kind: "unknown-relation", message: `"${claim.relation}" is no relation type of ${ontology.name}` }];
  }
  const subjectType = claim.subject.kind === "mention" ? claim.subject.entityType : typeOfRef(claim.subject);
  return [
    ...sideProblems(ontology, "domain-violation", relation, relation.domain, subjectType),
    ...objectProblems(ontology, relation, claim.object, typeOfRef),
  ];
}

function objectProblems(
  ontology: Ontology,
  relation: RelationType,
  object: Claim["object"],
  typeOfRef: TypeOfRef,
): ClaimProblem[] {
  if (typeof relation.range === "string") {
    if (object.kind !== "literal") {
      const message = `${relation.name} points at a plain value (${relation.range}), not at an entity`;
      return [{ kind: "range-violation", message }];
    }
    const message = literalProblem(relation.range, object.value);
    return message === undefined ? [] : [{ kind: "literal-form", message }];
  }
  if (object.kind === "literal") {
    const message = `${relation.name} points at an entity (${relation.range.join(", ")}), not at a plain value`;
    return [{ kind: "range-violation", message }];
  }
  const type = object.kind === "mention" ? object.entityType : typeOfRef(object);
  return sideProblems(ontology, "range-violation", relation, relation.range, type);
}

function sideProblems(
  ontology: Ontology,
  kind: "domain-violation" | "range-violation",
  relation: RelationType,
  allowed: readonly string[],
  type: string | undefined,
): ClaimProblem[] {
  if (type === undefined) return [];
  if (entityTypeOf(ontology, type) === undefined) {
    return [{ kind: "unknown-type", message: `"${type}" is no entity type of ${ontology.name}` }];
  }
  if (allowed.some((name) => isKindOf(ontology, type, name) || isKindOf(ontology, name, type))) return [];
  const side = kind === "domain-violation" ? "subject" : "object";
  return [{ kind, message: `the ${side} of ${relation.name} is a ${type}; expected ${allowed.join(", ")}` }];
}
