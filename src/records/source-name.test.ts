import { describe, expect, test } from "vitest";
import { checkSourceNames, sourceFromArgument, sourceName } from "./source-name.ts";
import { sourceSchema } from "./source-spec.ts";

describe("names of sources", () => {
  test.each([
    ["films.csv", "films"],
    ["data/films.csv.gz", "films"],
    ["data/films.jsonl.zst", "films"],
    ["imdb.title.basics.tsv", "imdb.title.basics"],
    ["parts/films-*.parquet", "films"],
    ["films", "films"],
    ["-", "stdin"],
  ])("%s is called %s", (path, name) => expect(sourceName(path)).toBe(name));

  test("a name before = goes before the file's; a path may hold = itself", () => {
    expect(sourceFromArgument("imdb=films.csv")).toEqual({ name: "imdb", path: "films.csv" });
    expect(sourceFromArgument("year=2020/part.csv")).toEqual({ name: "year", path: "2020/part.csv" });
    expect(sourceFromArgument("data/year=2020.csv")).toEqual({ name: "year=2020", path: "data/year=2020.csv" });
    expect(() => sourceFromArgument("imdb=")).toThrow('"imdb=" names no file; expected [name=]path');
    expect(() => sourceFromArgument("=films.csv")).toThrow("names no source");
  });

  test("two equal names are an error that says how to name them", () => {
    expect(() => checkSourceNames(["a/films.csv", "b/films.csv"].map(sourceFromArgument))).toThrow(
      'the sources "a/films.csv" and "b/films.csv" are both named "films"; expected a name of its own for each source. Name them: films-1=a/films.csv films-2=b/films.csv',
    );
  });
});

describe("the schema of a source", () => {
  test("takes what a configuration may say", () => {
    const spec = {
      name: "a",
      path: "a.csv",
      id: "key",
      fields: { cast: { from: ["x", "y"], kind: "personList", separator: ";" } },
      people: [],
    };
    expect(sourceSchema.parse(spec)).toEqual(spec);
  });
  test.each([
    [{ name: "a" }, "path"],
    [{ name: "a", path: "b", colour: 1 }, "colour"],
    [{ name: "a", path: "b", fields: { x: { kind: "colour" } } }, "kind"],
    [{ name: "a", path: "b", delimiter: ";;" }, "delimiter"],
  ])("refuses %j, naming %s", (spec, named) => {
    expect(JSON.stringify(sourceSchema.safeParse(spec).error?.issues)).toContain(named);
  });
});
