import { beforeAll, describe, expect, test } from "vitest";
import { filmBatch, graphOf, hitchcockInput, inputOf } from "../fixture.ts";
import type { Graph } from "../graph.ts";
import { findEntity } from "./find-entity.ts";
import { mostConnected } from "./most-connected.ts";
import { neighbours } from "./neighbours.ts";
import { shortestPath } from "./path.ts";
import { personalisedPageRank } from "./personalised-pagerank.ts";
import { recommend } from "./recommend.ts";
import { similar } from "./similar.ts";

let graph: Graph;
beforeAll(async () => {
  graph = await graphOf(hitchcockInput());
});
const id = (text: string): string => findEntity(graph, text);

describe("similar", () => {
  test("what shares director, cast and genres comes before what shares a genre, with the reasons", () => {
    const found = similar(graph, id("Vertigo"));
    expect(found.map((item) => item.label)).toEqual(["Rear Window", "Psycho", "Psycho"]);
    expect(found.map((item) => item.year)).toEqual([1954, 1960, 1998]);
    expect(found[0]?.reasons.map((reason) => reason.text)).toEqual([
      "directed: Alfred Hitchcock",
      "acted in: James Stewart",
      "has genre: Mystery",
      "has genre: Thriller",
    ]);
    expect(found[0]?.reasons.reduce((sum, reason) => sum + reason.share, 0)).toBeCloseTo(1, 3);
  });

  test("never across types: the series of the same name and genre is not proposed for the film", () => {
    expect(similar(graph, id("south/c"))).toEqual([]);
  });

  test("an unknown id is told", () => {
    expect(() => similar(graph, "film:none")).toThrow(/no entity has the id "film:none"/);
  });
});

describe("recommend", () => {
  test("what the liked films lead to, without the liked ones, with reasons that name them", () => {
    const liked = [id("Vertigo"), id("north/1")];
    const found = recommend(graph, liked);
    expect(found[0]?.label).toBe("Rear Window");
    expect(found.filter((item) => liked.includes(item.id))).toEqual([]);
    const [first] = found[0]?.reasons ?? [];
    expect(first?.text).toBe("directed: Alfred Hitchcock");
    expect(first?.liked?.map((item) => item.label).sort()).toEqual(["Psycho", "Vertigo"]);
  });

  test("what may be a liked film again is left out; a remake of another year is not", async () => {
    const rows = [
      { id: "1", title: "Heat", year: 1995, genres: ["Crime"] },
      { id: "2", title: "HEAT", year: 1996, genres: ["Crime"] },
      { id: "3", title: "Heat", year: 1986, genres: ["Crime"] },
    ];
    const small = await graphOf(inputOf([filmBatch("a", rows)]));
    expect(recommend(small, [findEntity(small, "a/1")]).map((item) => item.year)).toEqual([1986]);
  });

  test("the order of the liked does not matter, nor naming one twice", () => {
    const [a, b] = [id("Vertigo"), id("north/1")];
    expect(recommend(graph, [b, a, b])).toEqual(recommend(graph, [a, b]));
  });

  test("no liked film is an error that says how many are wanted", () => {
    expect(() => recommend(graph, [])).toThrow(/0 liked entities; expected 1 to 100/);
  });
});

describe("personalisedPageRank", () => {
  test("mass is never made: ranks sum to at most one and are highest at the seed", () => {
    const seed = graph.entities.find(id("Vertigo")) as number;
    const ranks = personalisedPageRank(graph, [seed]);
    expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBeLessThanOrEqual(1);
    expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBeGreaterThan(0.95);
    expect(ranks.indexOf(ranks.reduce((a, b) => Math.max(a, b)))).toBe(seed);
  });
});

describe("neighbours and paths", () => {
  test("neighbours by relation and direction, with the number of all of them", () => {
    const groups = neighbours(graph, id("Alfred Hitchcock"), { limit: 2 });
    expect(groups.map((group) => [group.relation, group.direction, group.total, group.entities.length])).toEqual([
      ["directed", "out", 3, 2],
    ]);
  });

  test("the best connected person", () => {
    expect(mostConnected(graph, "person", { limit: 1 })).toMatchObject([{ label: "Alfred Hitchcock", degree: 3 }]);
  });

  test("a path names each step, a depth too small finds none, and nothing leads to itself in no steps", () => {
    const path = shortestPath(graph, id("Kim Novak"), id("Grace Kelly"));
    expect(path?.steps).toHaveLength(4);
    expect(path?.steps[0]).toMatchObject({ relation: "acted_in", direction: "out", entity: { label: "Vertigo" } });
    expect(path?.steps[3]).toMatchObject({ relation: "acted_in", direction: "in", entity: { label: "Grace Kelly" } });
    expect(shortestPath(graph, id("Kim Novak"), id("Grace Kelly"), { maxDepth: 3 })).toBeUndefined();
    expect(shortestPath(graph, id("Kim Novak"), id("Kim Novak"))?.steps).toEqual([]);
    expect(() => shortestPath(graph, id("Kim Novak"), id("Vertigo"), { maxDepth: 99 })).toThrow(/expected 0 to 6/);
  });
});
