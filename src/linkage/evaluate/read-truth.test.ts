import { describe, expect, test } from "vitest";
import { isKindredError } from "../../base/index.ts";
import { readTruth } from "./read-truth.ts";
import { pairKey } from "./truth.ts";

const pair = { left_source: "a", left_id: "1", right_source: "b", right_id: "2" };

/** The code and message with which rows are refused. */
function refusalOf(rows: readonly Record<string, string>[]): [code: string, message: string] {
  try {
    readTruth(rows, ["a", "b"], "t.csv");
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
    expect(["1", "1.0", "true", "yes", "match", "same", undefined].map(matches)).toEqual(new Array(7).fill(true));
    expect(["0", "0.0", " False ", "NO", "non-match", "different"].map(matches)).toEqual(new Array(6).fill(false));
    expect(["", "unsure"].map(matches)).toEqual([undefined, undefined]);
  });

  test("leaves out pairs with a source that was not linked", () => {
    const truth = readTruth([pair, { ...pair, right_source: "c" }], ["a", "b"]);
    expect(truth.kind === "pairs" && truth.pairs.length).toBe(1);
  });

  test("takes a record without a cluster as one of its own, and a pair that stands twice once", () => {
    const clusters = readTruth([{ source: "a", id: "1", film: "" }], ["a"]);
    expect(clusters.kind === "clusters" && clusters.clusterByRecord.size).toBe(0);
    const turned = { left_source: "b", left_id: "2", right_source: "a", right_id: "1" };
    const pairs = readTruth([pair, turned], ["a", "b"]);
    expect(pairs.kind === "pairs" && pairs.pairs.length).toBe(1);
  });

  test.for([
    ["with half a pair", [{ left_source: "a", left_id: "1" }]],
    ["without a cluster", [{ source: "a", id: "1" }]],
    ["with two columns that may be the cluster", [{ source: "a", id: "1", imdb_id: "x", tmdb_id: "y" }]],
  ] as const)("is refused %s, and the message says which columns it takes", ([, rows]) => {
    const [code, message] = refusalOf(rows as readonly Record<string, string>[]);
    expect(code).toBe("column-missing");
    expect(message).toContain("source, id and one cluster column");
  });

  const film = { source: "a", id: "1", film: "x" };
  test.for([
    [
      "a word that is no label",
      [
        { ...pair, label: "1" },
        { ...pair, label: "maybe" },
      ],
      /t\.csv row 2, .*label.*"maybe"/,
    ],
    [
      "two labels of one pair",
      [
        { ...pair, label: "1" },
        { ...pair, label: "0" },
      ],
      /t\.csv row 2: .*other label/,
    ],
    ["two clusters of one record", [film, { ...film, film: "y" }], /t\.csv row 2: a\/1 is in "y".*"x"/],
    ["a record paired with itself", [{ ...pair, right_source: "a", right_id: "1" }], /row 1: .*a\/1 with itself/],
    ["clusters of other sources only", [{ ...film, source: "films" }], /"films" only.*"a", "b".*name=path/],
    ["pairs of other sources only", [{ ...pair, left_source: "films" }], /"films", "b" only.*linked sources/],
  ] as const)("is refused with %s, and the message says where", ([, rows, message]) => {
    expect(refusalOf(rows as readonly Record<string, string>[])).toEqual([
      "source-malformed",
      expect.stringMatching(message),
    ]);
  });

  test("is refused without rows", () => {
    expect(refusalOf([])[0]).toBe("source-empty");
  });

  test("knows a pair in either order, and never takes one for another", () => {
    const a = { source: "a", id: "1" };
    const b = { source: "b", id: "1" };
    expect(pairKey({ left: a, right: b })).toBe(pairKey({ left: b, right: a }));
    expect(pairKey({ left: a, right: b })).not.toBe(pairKey({ left: a, right: { source: "b", id: "11" } }));
  });
});
