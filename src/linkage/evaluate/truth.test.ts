import { describe, expect, test } from "vitest";
import { isKindredError } from "../../base/index.ts";
import { pairKey, readTruth } from "./truth.ts";

const pair = { left_source: "a", left_id: "1", right_source: "b", right_id: "2" };

/** The code and message with which rows are refused. */
function refusalOf(rows: readonly Record<string, string>[]): [code: string, message: string] {
  try {
    readTruth(rows, ["a", "b"]);
  } catch (error) {
    if (isKindredError(error)) return [error.code, error.message];
    throw error;
  }
  throw new Error("was not refused");
}

describe("truth", () => {
  test("is clusters whatever the cluster column is called, for the linked sources only", () => {
    const rows = [
      { imdb_id: "tt1", source: "a", id: "1" },
      { imdb_id: "tt1", source: "c", id: "1" },
    ];
    const truth = readTruth(rows, ["a", "b"]);
    expect(truth.kind === "clusters" && [...truth.clusterByRecord.values()]).toEqual(["tt1"]);
  });

  test("is labelled pairs where the columns say so: 1 and 0, yes and no, or all matches without a label", () => {
    const matches = (label: string | undefined): unknown => {
      const truth = readTruth([label === undefined ? pair : { ...pair, label }], ["a", "b"]);
      return truth.kind === "pairs" && truth.pairs[0]?.match;
    };
    expect(["1", "true", "yes", undefined].map(matches)).toEqual([true, true, true, true]);
    expect(["0", " False ", "NO", ""].map(matches)).toEqual([false, false, false, false]);
  });

  test("leaves out pairs with a source that was not linked", () => {
    const truth = readTruth([pair, { ...pair, right_source: "c" }], ["a", "b"]);
    expect(truth.kind === "pairs" && truth.pairs.length).toBe(1);
  });

  test.for([
    ["without rows", []],
    ["with half a pair", [{ left_source: "a", left_id: "1" }]],
    ["without a cluster", [{ source: "a", id: "1" }]],
    ["with two columns that may be the cluster", [{ source: "a", id: "1", imdb_id: "x", tmdb_id: "y" }]],
  ] as const)("is refused %s, and the message says which columns it takes", ([, rows]) => {
    const [code, message] = refusalOf(rows as readonly Record<string, string>[]);
    expect(code).toBe("column-missing");
    expect(message).toContain("source, id and one cluster column");
  });

  test("knows a pair in either order, and never takes one for another", () => {
    const a = { source: "a", id: "1" };
    const b = { source: "b", id: "1" };
    expect(pairKey({ left: a, right: b })).toBe(pairKey({ left: b, right: a }));
    expect(pairKey({ left: a, right: b })).not.toBe(pairKey({ left: a, right: { source: "b", id: "11" } }));
  });
});
