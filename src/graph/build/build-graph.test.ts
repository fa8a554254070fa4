import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filmOntology } from "../../ontology/index.ts";
import {
  clusters,
  type FilmRow,
  filmBatch,
  graphOf,
  hitchcockInput,
  inputOf,
  newFolder,
  personBatch,
} from "../fixture.ts";
import type { Graph } from "../graph.ts";
import { entityView } from "../query/entity-view.ts";
import { findEntity } from "../query/find-entity.ts";
import { buildGraph } from "./build-graph.ts";
import type { GraphInput } from "./graph-input.ts";

function claims(graph: Graph, id: string, relation: string) {
  return entityView(graph, id).claims.filter((claim) => claim.relation === relation);
}

async function fingerprint(input: GraphInput): Promise<string> {
  const folder = newFolder();
  await buildGraph(input, folder);
  const hash = createHash("sha256");
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

describe("a graph built from records", () => {
  test("a cluster becomes one entity with the most common spelling, its members and every source's word", async () => {
    const graph = await graphOf(hitchcockInput());
    const view = entityView(graph, findEntity(graph, "south/a"));
    expect(view).toMatchObject({
      type: "film",
      label: "Psycho",
      year: 1960,
      alternativeLabels: ["PSYCHO"],
      memberTotal: 3,
    });
    expect(view.members).toEqual([
      { source: "north", id: "1" },
      { source: "south", id: "a" },
      { source: "west", id: "x" },
    ]);
    const directed = claims(graph, view.id, "directed");
    expect(directed).toHaveLength(1);
    expect(directed[0]).toMatchObject({
      subject: { label: "Alfred Hitchcock", type: "person" },
      rank: "normal",
      confidence: 1,
    });
    expect(directed[0]?.provenance).toEqual([
      { kind: "record", source: "north", id: "1", field: "directors" },
      { kind: "record", source: "south", id: "a", field: "directors" },
      { kind: "record", source: "west", id: "x", field: "directors" },
    ]);
  });

  test("of conflicting years the one that most sources say is preferred and the others stay, with their sources", async () => {
    const graph = await graphOf(hitchcockInput());
    const years = claims(graph, findEntity(graph, "north:1"), "released_in");
    expect(years.map((claim) => [claim.object, claim.rank, claim.provenance.length])).toEqual([
      [{ kind: "literal", value: 1960 }, "preferred", 2],
      [{ kind: "literal", value: 1961 }, "normal", 1],
    ]);
  });

  test("a tie between two values goes to the source named first", async () => {
    const batches = [
      filmBatch("a", [{ id: "1", title: "X", year: 2001 }]),
      filmBatch("b", [{ id: "1", title: "X", year: 2000 }]),
    ];
    const clusterOf = clusters({ x: ["a/1", "b/1"] });
    const first = await graphOf(inputOf(batches, { clusterOf, sources: ["a", "b"] }));
    const second = await graphOf(inputOf(batches, { clusterOf, sources: ["b", "a"] }));
    expect(entityView(first, findEntity(first, "a/1")).year).toBe(2001);
    expect(entityView(second, findEntity(second, "a/1")).year).toBe(2000);
    expect(findEntity(first, "a/1")).toBe(findEntity(second, "a/1"));
  });

  test("spellings of one genre or country are one entity under the documented label", async () => {
    const graph = await graphOf(hitchcockInput());
    expect(entityView(graph, "genre:science-fiction")).toMatchObject({
      label: "Science Fiction",
      alternativeLabels: ["Sci-Fi"],
    });
    expect(entityView(graph, "country:united-states").alternativeLabels).toEqual(["USA"]);
    expect(graph.entities.find("genre:sci-fi")).toBeUndefined();
    expect(claims(graph, "genre:horror", "has_genre")).toHaveLength(3);
  });

  test("levels stay apart: a series of the same name is an entity of its own type", async () => {
    const graph = await graphOf(hitchcockInput());
    expect(entityView(graph, findEntity(graph, "south/c"))).toMatchObject({ type: "series", memberTotal: 1 });
  });

  test("a cluster that holds a film and a series is refused by name", async () => {
    const batches = [
      filmBatch("a", [
        { id: "1", title: "X", level: "film" },
        { id: "2", title: "X", level: "series" },
      ]),
    ];
    const input = inputOf(batches, { clusterOf: clusters({ both: ["a/1", "a/2"] }) });
    await expect(buildGraph(input, newFolder())).rejects.toThrow(/"both" holds both a film and a series \(a\/2\)/);
  });

  test("a cluster that holds a film and a person is refused", async () => {
    const batches = [filmBatch("a", [{ id: "1", title: "X" }]), personBatch("p", [{ id: "1", name: "X" }])];
    const input = inputOf(batches, { clusterOf: clusters({ both: ["a/1", "p/1"] }) });
    await expect(buildGraph(input, newFolder())).rejects.toThrow(/holds both/);
  });

  test("a name resolved to a person's record joins it; one that cannot be told is listed and claims nothing", async () => {
    const input = inputOf(
      [
        filmBatch("films", [{ id: "1", title: "X", directors: ["Jane Doe"], cast: ["John Roe", "Ann Poe"] }]),
        personBatch("people", [{ id: "p1", name: "Jane Doe", birth_year: 1950, occupation: ["Director"] }]),
      ],
      {
        clusterOf: clusters({ jane: ["people/p1"] }),
        resolveName: (_source, _id, _field, name) =>
          name === "Jane Doe" ? "jane" : name === "John Roe" ? null : undefined,
      },
    );
    const graph = await graphOf(input);
    const jane = entityView(graph, findEntity(graph, "people:p1"));
    expect(jane).toMatchObject({ type: "person", label: "Jane Doe", year: 1950, memberTotal: 1 });
    expect(jane.neighbours.map((group) => [group.relation, group.entities[0]?.label])).toEqual([
      ["directed", "X"],
      ["has_occupation", "film director"],
    ]);
    expect(graph.manifest.counts).toMatchObject({ unresolved: 1 });
    expect(readFileSync(join(graph.directory, "unresolved.jsonl"), "utf8")).toContain("John Roe");
    expect(() => findEntity(graph, "John Roe")).toThrow(/nothing in the graph/);
    expect(entityView(graph, findEntity(graph, "Ann Poe")).memberTotal).toBe(0);
  });

  test("unknown fields give no relation, and what the ontology does not hold gives none either", async () => {
    const ontology = {
      ...filmOntology,
      relationTypes: filmOntology.relationTypes.filter((type) => type.name !== "has_genre"),
    };
    const graph = await graphOf({ ...hitchcockInput(), ontology });
    expect(Object.keys(graph.manifest.counts.claimsByRelation)).not.toContain("has_genre");
    expect(Object.keys(graph.manifest.counts.entitiesByType)).not.toContain("genre");
  });

  test("descriptions are claims with their text, and equal texts of two sources are one", async () => {
    const row = { id: "1", title: "X", description: 'A line.\nAnother "line" 🎬' };
    const input = inputOf([filmBatch("a", [row]), filmBatch("b", [row])], {
      clusterOf: clusters({ x: ["a/1", "b/1"] }),
    });
    const graph = await graphOf(input);
    const described = claims(graph, findEntity(graph, "a/1"), "described_as");
    expect(described.map((claim) => [claim.object, claim.provenance.length])).toEqual([
      [{ kind: "literal", value: row.description }, 2],
    ]);
    graph.close();
  });

  test("nothing at all is a graph too", async () => {
    const graph = await graphOf(inputOf([]));
    expect(graph.manifest.counts).toMatchObject({ entities: 0, claims: 0 });
  });

  test("a record twice is refused", async () => {
    const input = inputOf([filmBatch("a", [{ id: "1", title: "X" }]), filmBatch("a", [{ id: "1", title: "Y" }])]);
    await expect(buildGraph(input, newFolder())).rejects.toThrow(/two records with the id "1"/);
  });
});

const words = fc.constantFrom("Psycho", "Mother", "Heat", "Solaris", "The Thing", 'Say "Hi", OK', "a\nb", "🎬", "Ω");
const film: fc.Arbitrary<Omit<FilmRow, "id">> = fc.record({
  title: words,
  year: fc.integer({ min: 1950, max: 1953 }),
  directors: fc.array(fc.constantFrom("Ann Lee", "Bo Ek", "Cy Day"), { maxLength: 2 }),
  cast: fc.array(fc.constantFrom("Ann Lee", "Di Fox", "Eve Gray", "é"), { maxLength: 3 }),
  genres: fc.array(fc.constantFrom("Drama", "DRAMA", "Sci-Fi", "Science Fiction", "?"), { maxLength: 3 }),
  runtime: fc.integer({ min: 90, max: 92 }),
  description: fc.constantFrom("one", "two", ""),
});
const catalogues = fc.tuple(...["a", "b", "c"].map(() => fc.array(film, { maxLength: 6 })));

function batchesOf(films: readonly Omit<FilmRow, "id">[][], size: number) {
  return films.flatMap((rows, i) => {
    const source = ["a", "b", "c"][i] as string;
    const named = rows.map((row, at) => ({ id: `r${at}`, ...row }));
    return Array.from({ length: Math.ceil(named.length / size) }, (_, b) =>
      filmBatch(source, named.slice(b * size, (b + 1) * size)),
    );
  });
}

/** Records of equal number in different sources are one entity. */
const byNumber: GraphInput["clusterOf"] = (_source, id) => (id === "r0" || id === "r1" ? id : undefined);

describe("whatever the catalogues", () => {
  test("the order and size of batches never show in the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(catalogues, fc.integer({ min: 1, max: 3 }), async (films, size) => {
        const rest = { sources: ["a", "b", "c"], clusterOf: byNumber };
        const one = await fingerprint(inputOf(batchesOf(films, 100), rest));
        const other = await fingerprint(inputOf(batchesOf(films, size).reverse(), rest));
        expect(other).toBe(one);
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  test("every claim has provenance and fits the ontology, and both directions of every relation agree", async () => {
    await fc.assert(
      fc.asyncProperty(catalogues, async (films) => {
        const graph = await graphOf(inputOf(batchesOf(films, 2), { sources: ["a", "b", "c"], clusterOf: byNumber }));
        for (let claim = 0; claim < graph.claims.count; claim++) {
          expect(graph.claims.recordOrigins(claim, 1)).toHaveLength(1);
          const object = graph.claims.objects[claim] as number;
          const objectType = object < 0 ? undefined : (graph.entities.types[object] as number);
          const subjectType = graph.entities.types[graph.claims.subjects[claim] as number] as number;
          expect(graph.codes.allows(subjectType, graph.claims.relations[claim] as number, objectType)).toBe(true);
        }
        for (const edges of graph.edges) {
          const pairs = (side: "out" | "in"): string[] => {
            const { offsets, targets } = edges[side];
            const all = Array.from(targets, (target, at) => [
              offsets.findLastIndex(
                (start, i) => start <= at && i < graph.entities.count && (offsets[i + 1] as number) > at,
              ),
              target,
            ]);
            return all.map(([from, to]) => (side === "out" ? `${from}-${to}` : `${to}-${from}`)).sort();
          };
          expect(pairs("out")).toEqual(pairs("in"));
        }
        graph.close();
      }),
      { seed: 11, numRuns: 30 },
    );
  });

  test("ids stay when records are added, but for entities whose smallest member they become", async () => {
    await fc.assert(
      fc.asyncProperty(catalogues, film, async (films, added) => {
        const rest = { sources: ["a", "b", "c", "z"], clusterOf: byNumber };
        const before = await graphOf(inputOf(batchesOf(films, 4), rest));
        const more = filmBatch("z", [
          { id: "r0", ...added },
          { id: "r9", ...added },
        ]);
        const after = await graphOf(inputOf([more, ...batchesOf(films, 4)], rest));
        for (let place = 0; place < before.entities.count; place++) {
          expect(after.entities.find(before.entities.idOf(place))).toBeDefined();
        }
      }),
      { seed: 13, numRuns: 30 },
    );
  });

  test("hostile labels come back whole", async () => {
    const long = "x".repeat(10_000);
    const titles = ['"; DROP TABLE films; --', "a,b\r\nc", "🎬".repeat(20), "\u0000\u0001", "=1+1", "  ", "‮evil", long];
    const graph = await graphOf(
      inputOf([
        filmBatch(
          "a",
          titles.map((title, i) => ({ id: `${i}`, title, genres: [title] })),
        ),
      ]),
    );
    titles.forEach((title, i) => {
      const { label } = entityView(graph, findEntity(graph, `a/${i}`));
      expect(label).toBe(title.length > 2_000 ? `${title.slice(0, 1_999)}…` : title);
    });
    expect(graph.manifest.counts.entitiesByType.genre).toBe(5);
  });
});
