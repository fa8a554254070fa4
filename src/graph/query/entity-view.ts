import { textsAt } from "../../columns/index.ts";
import type { DocumentProvenance, Provenance, Rank, RecordProvenance } from "../../ontology/index.ts";
import type { Graph } from "../graph.ts";
import { maxProvenanceLength, maxViewLength } from "../limits.ts";
import { targetsOf } from "../store/adjacency.ts";
import type { ClaimView, EntityView } from "../views.ts";
import { neighbours } from "./neighbours.ts";
import { placeOf, summary } from "./summary.ts";

/**
 * Everything the graph knows of one entity: its records, claims with provenance, and neighbours by relation.
 * @throws not-found when no entity has that id
 */
export function entityView(graph: Graph, id: string): EntityView {
  const place = placeOf(graph, id);
  const members = targetsOf(graph.members.ofEntity, place);
  const claims = claimsOf(graph, place);
  return {
    ...summary(graph, place),
    alternativeLabels: textsAt(graph.entities.alternatives, place),
    members: Array.from(members.subarray(0, maxViewLength), (row) => graph.members.memberAt(row)),
    memberTotal: members.length,
    claims: claims.slice(0, maxViewLength).map((claim) => claimView(graph, claim)),
    claimTotal: claims.length,
    neighbours: neighbours(graph, id),
  };
}

/** The entity's own claims, then those about it. */
function claimsOf(graph: Graph, place: number): number[] {
  const { ofSubject, ofObject } = graph.claims;
  const [start, end] = [ofSubject[place] as number, ofSubject[place + 1] as number];
  const own = Array.from({ length: end - start }, (_, i) => start + i);
  return [...own, ...targetsOf(ofObject, place)];
}

/** A claim with labels and provenance, by its row. */
function claimView(graph: Graph, claim: number): ClaimView {
  const { claims } = graph;
  const object = claims.objects[claim] as number;
  return {
    subject: summary(graph, claims.subjects[claim] as number),
    relation: graph.codes.relation(claims.relations[claim] as number).name,
    object:
      object >= 0
        ? { kind: "entity", entity: summary(graph, object) }
        : { kind: "literal", value: claims.literalAt(claim) },
    rank: claims.rankAt(claim) as Rank,
    confidence: claims.confidences[claim] as number,
    provenance: provenanceOf(graph, claim),
  };
}

function provenanceOf({ claims }: Graph, claim: number): Provenance[] {
  const records = claims.recordOrigins(claim, maxProvenanceLength).map((row) => {
    return { kind: "record", source: row.source, id: row.id, field: row.field } as RecordProvenance;
  });
  const passages = claims.passageOrigins(claim, maxProvenanceLength - records.length).map((row) => {
    const { document, quote, extractor, model } = row;
    const span = { startByte: row.start_byte, endByte: row.end_byte };
    return {
      kind: "document",
      document,
      ...span,
      quote,
      extractor,
      ...(model === null ? {} : { model }),
    } as DocumentProvenance;
  });
  return [...records, ...passages];
}
