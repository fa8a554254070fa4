import { expect, test } from "vitest";
import { flow } from "../flow.ts";
import { namedPaths } from "./named-paths.ts";

test("paths are found at the places of a flow, in lists and fields, each once", () => {
  const params = {
    input: "a.csv",
    sources: [{ path: "b.csv" }, { path: "a.csv" }, { name: "c" }],
    more: ["d", "", 7, null],
  };
  expect(namedPaths(params, ["input", "sources.*.path", "more", "absent.path"])).toEqual(["a.csv", "b.csv", "d"]);
});

test("a place in no param is refused when the flow is made", () => {
  const make = (files: readonly string[]) => flow("read", { params: { input: "" }, files });
  expect(() => make(["inputs"])).toThrow(/files of flow "read" at "inputs"; expected one of its params input/);
  expect(() => make(["input..path"])).toThrow(/config-invalid|one of its params/);
  expect(make(["input"]).graph.files).toEqual(["input"]);
});
