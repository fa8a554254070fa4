import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Claim, Mention } from "../../ontology/index.ts";
import { filmBatch, graphOf, inputOf } from "../fixture.ts";
import type { Graph } from "../graph.ts";
import { entityView } from "../query/entity-view.ts";
import { findEntity } from "../query/find-entity.ts";
import type { Unresolved } from "./unresolved.ts";

const films = filmBatch("a", [
  { id: "1", title: "Psycho", year: 1960 },
  { id: "2", title: "Psycho", year: 1998 },
  { id: "3", title: "Psycho II", year: 1983 },
  { id: "4", title: "Mother", year: 2009 },
  { id: "5", title: "mother!", year: 2017 },
  { id: "6", title: "Twins", year: 1988 },
  { id: "7", title: "Twins", year: 1988 },
]);

function mention(entityType: string, name: string, year?: number): Mention {
  return { kind: "mention", entityType, name, ...(year === undefined ? {} : { year }) };
}

function claim(subject: Claim["subject"], relation: string, object: Claim["object"], confidence = 0.8): Claim {
  const provenance = {
    kind: "document",
    document: "notes.txt",
    startByte: 0,
    endByte: 9,
    quote: "the quote",
    extractor: "rules",
  } as const;
  return { subject, relation, object, rank: "normal", confidence, provenance: [provenance] };
}

async function graphWith(...claims: Claim[]): Promise<Graph> {
  return graphOf(inputOf([films], { claims }));
}

function unresolved(graph: Graph): Unresolved[] {
  const lines = readFileSync(join(graph.directory, "unresolved.jsonl"), "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Unresolved);
}

describe("claims of documents", () => {
  test("a claim between films that are told apart by year joins the graph with its quote", async () => {
    const graph = await graphWith(
      claim(mention("film", "Psycho II", 1983), "sequel_of", mention("film", "psycho", 1960)),
    );
    const [sequel] = entityView(graph, findEntity(graph, "a/3")).claims.filter((item) => item.relation === "sequel_of");
    expect(sequel).toMatchObject({
      object: { entity: { year: 1960, label: "Psycho" } },
      confidence: 0.8,
      rank: "normal",
    });
    expect(sequel?.provenance).toEqual([
      { kind: "document", document: "notes.txt", startByte: 0, endByte: 9, quote: "the quote", extractor: "rules" },
    ]);
    expect(unresolved(graph)).toEqual([]);
  });

  test("a year off by one still finds the film; a film of another year is not taken for it", async () => {
    const near = await graphWith(claim(mention("film", "Psycho", 1961), "about", mention("subject", "Murder")));
    expect(near.manifest.counts.claimsByRelation.about).toBe(1);
    const far = await graphWith(claim(mention("film", "Psycho", 1975), "about", mention("subject", "Murder")));
    expect(unresolved(far)[0]).toMatchObject({ reason: "unknown", relation: "about", from: "notes.txt" });
    expect(far.entities.find("subject:murder")).toBeUndefined();
  });

  test("a name of several films is never guessed: the claim is listed with the candidates", async () => {
    const graph = await graphWith(
      claim(mention("film", "Psycho"), "about", mention("subject", "Murder")),
      claim(mention("film", "Twins", 1988), "about", mention("subject", "Family")),
    );
    expect(graph.manifest.counts.claimsByRelation.about).toBeUndefined();
    expect(unresolved(graph).map((item) => [item.reason, item.candidates.length])).toEqual([
      ["ambiguous", 2],
      ["ambiguous", 2],
    ]);
  });

  test("the label as written settles what the folded label leaves open", async () => {
    const graph = await graphWith(claim(mention("film", "mother!"), "about", mention("subject", "Motherhood")));
    expect(entityView(graph, findEntity(graph, "a/5")).claims.map((item) => item.relation)).toContain("about");
  });

  test("subjects and books that no catalogue holds are made, once however often they are named", async () => {
    const book = mention("book", "Psycho", 1959);
    const graph = await graphWith(
      claim(mention("film", "Psycho", 1960), "based_on", book),
      claim(mention("film", "Psycho", 1998), "based_on", book),
      claim(mention("film", "Psycho", 1960), "about", mention("subject", "Organised crime")),
      claim(mention("film", "Psycho", 1998), "about", mention("subject", "organised  Crime")),
    );
    expect(graph.manifest.counts.entitiesByType).toMatchObject({ book: 1, subject: 1 });
    expect(entityView(graph, "subject:organised-crime").claimTotal).toBe(2);
  });

  test("what the ontology forbids is listed and not added", async () => {
    const graph = await graphWith(
      claim(mention("film", "Psycho", 1960), "directed", mention("film", "Psycho", 1998)),
      claim(mention("film", "Psycho", 1960), "loves", mention("film", "Psycho", 1998)),
      claim(mention("film", "Psycho", 1960), "released_in", { kind: "literal", value: "soon" }),
    );
    expect(unresolved(graph).map((item) => item.reason)).toEqual(["ontology", "ontology", "ontology"]);
    expect(graph.claims.count).toBe(films.table.rowCount);
  });

  test("a claim of a document and a source's word for it are one claim with two provenances", async () => {
    const graph = await graphWith(
      claim({ kind: "record", source: "a", id: "1" }, "released_in", { kind: "literal", value: 1960 }, 0.5),
    );
    const [year] = entityView(graph, findEntity(graph, "a/1")).claims;
    expect(year).toMatchObject({ object: { value: 1960 }, confidence: 1 });
    expect(year?.provenance.map((item) => item.kind)).toEqual(["record", "document"]);
  });

  test("a withdrawn claim is kept as deprecated and binds nothing", async () => {
    const wrong = {
      ...claim(mention("film", "Psycho II"), "sequel_of", mention("film", "mother!")),
      rank: "deprecated" as const,
    };
    const graph = await graphWith(wrong);
    const view = entityView(graph, findEntity(graph, "a/3"));
    expect(view.claims.map((item) => item.rank)).toContain("deprecated");
    expect(view.neighbours).toEqual([]);
  });

  test("an entity of an earlier graph is found by its id", async () => {
    const id = findEntity(await graphWith(), "a/6");
    const graph = await graphWith(claim({ kind: "entity", id }, "about", mention("subject", "Twins")));
    expect(entityView(graph, id).neighbours[0]?.entities[0]?.id).toBe("subject:twins");
  });

  test("the order of claims does not show", async () => {
    const claims = [
      claim(mention("film", "Psycho", 1960), "about", mention("subject", "Murder")),
      claim(mention("film", "Psycho II"), "about", mention("subject", "murder")),
      claim(mention("film", "Psycho II"), "sequel_of", mention("film", "Psycho", 1960)),
    ];
    const [one, other] = [await graphWith(...claims), await graphWith(...claims.toReversed())];
    expect(readFileSync(join(other.directory, "claims.arrow"))).toEqual(
      readFileSync(join(one.directory, "claims.arrow")),
    );
  });
});
