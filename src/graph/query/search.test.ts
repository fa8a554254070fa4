import { beforeAll, describe, expect, test } from "vitest";
import { filmBatch, graphOf, hitchcockInput, inputOf } from "../fixture.ts";
import type { Graph } from "../graph.ts";
import { findEntity } from "./find-entity.ts";
import { search } from "./search.ts";

describe("search", () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await graphOf(hitchcockInput());
  });
  const labels = (text: string, limit = 3): string[] =>
    search(graph, text, { limit }).map((hit) => `${hit.label} ${hit.type} ${hit.year ?? "-"}`);

  test("the year in the text puts the film of that year first", () => {
    expect(labels("psycho 1998")[0]).toBe("Psycho film 1998");
    expect(labels("psycho 1960")[0]).toBe("Psycho film 1960");
  });

  test("without a year the one that most sources know comes first", () => {
    expect(labels("psycho", 1)).toEqual(["Psycho film 1960"]);
  });

  test("a word that is still being typed, one that is misspelt and a missing article lead there too", () => {
    expect(labels("alfred hitch", 1)).toEqual(["Alfred Hitchcock person -"]);
    expect(labels("pyscho", 1)[0]).toContain("Psycho");
    expect(labels("vertgo", 1)).toEqual(["Vertigo film 1958"]);
    expect(labels("matrix", 1)).toEqual(["The Matrix film 1999"]);
  });

  test("an alternative label leads to its entity", () => {
    expect(labels("sci-fi", 1)).toEqual(["Science Fiction genre -"]);
  });

  test("only the wanted type and its narrower ones", () => {
    expect(search(graph, "psycho", { type: "series" }).map((hit) => hit.type)).toEqual(["series"]);
    expect(search(graph, "psycho", { type: "work" })).toHaveLength(3);
    expect(() => search(graph, "psycho", { type: "ship" })).toThrow(/"ship"; expected one of work, film/);
  });

  test("nothing fits nothing, and hostile texts are only texts", () => {
    expect(search(graph, "")).toEqual([]);
    expect(search(graph, "zzzzzz")).toEqual([]);
    expect(search(graph, `"'; DROP ${"x ".repeat(5_000)}🎬`)).toEqual([]);
    expect(search(graph, "psycho", { limit: 0 })).toEqual([]);
  });

  test("in an empty graph", async () => {
    expect(search(await graphOf(inputOf([])), "psycho")).toEqual([]);
  });
});

describe("findEntity", () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await graphOf(hitchcockInput());
  });

  test("by id, by record either way, by a label that one entity has, by label and year", () => {
    const id = findEntity(graph, "north/2");
    expect(findEntity(graph, "north:2")).toBe(id);
    expect(findEntity(graph, id)).toBe(id);
    expect(findEntity(graph, "vertigo")).toBe(id);
    expect(findEntity(graph, "Psycho (1998)")).toBe(findEntity(graph, "north/3"));
    expect(findEntity(graph, "sci-fi")).toBe("genre:science-fiction");
  });

  test("a label of several entities names them instead of choosing", () => {
    expect(() => findEntity(graph, "Psycho")).toThrow(/"Psycho" may be 3 entities.*film:\w+ "Psycho" \(1960\)/);
    expect(() => findEntity(graph, "Vertgo")).toThrow(
      /nothing in the graph is called "Vertgo".*Near it are film:\w+ "Vertigo"/,
    );
  });

  test("a source name and an id may hold the separators", async () => {
    const batch = filmBatch("a:b/c", [{ id: "x:1/2", title: "Odd" }]);
    const odd = await graphOf(inputOf([batch]));
    expect(findEntity(odd, "a:b/c:x:1/2")).toBe(findEntity(odd, "Odd"));
  });
});
