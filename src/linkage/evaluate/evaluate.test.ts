import { describe, expect, test } from "vitest";
import { isKindredError } from "../../base/index.ts";
import { evaluate, readTruth, recordKey, scoresOf, trivialRule, trivialTitle } from "../index.ts";

const member = (entity: string, source: string, id: string) => ({ entity, source, id });
const truthRows = [
  { cluster: "x", source: "a", id: "1" },
  { cluster: "x", source: "b", id: "1" },
  { cluster: "y", source: "a", id: "2" },
  { cluster: "y", source: "b", id: "2" },
];

describe("evaluation", () => {
  test("counts pairs across sources and B-cubed as worked out by hand", () => {
    // Found: a1+b1 (right), a2+b3 (wrong); missed: a2+b2.
    const entities = [
      member("e1", "a", "1"),
      member("e1", "b", "1"),
      member("e2", "a", "2"),
      member("e2", "b", "3"),
      member("e3", "b", "2"),
    ];
    const found = evaluate([], entities, readTruth(truthRows, ["a", "b"]));
    expect(found.pairs).toMatchObject({
      truePositives: 1,
      falsePositives: 1,
      falseNegatives: 1,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
    });
    // Precision of each record: 1, 1, 1/2, 1/2, 1; recall: 1, 1, 1/2, 1, 1/2.
    expect(found.bCubed?.precision).toBeCloseTo(4 / 5, 12);
    expect(found.bCubed?.recall).toBeCloseTo(4 / 5, 12);
  });

  test("looks labelled pairs up in entities, by category", () => {
    const rows = [
      { left_source: "a", left_id: "1", right_source: "b", right_id: "1", label: "1", category: "same" },
      { left_source: "a", left_id: "1", right_source: "b", right_id: "9", label: "0", category: "remake" },
    ];
    const found = evaluate([], [member("e", "a", "1"), member("e", "b", "1")], readTruth(rows, ["a", "b"]));
    expect(found.pairs).toMatchObject({ truePositives: 1, trueNegatives: 1, f1: 1 });
    expect(found.byCategory.map(({ category }) => category)).toEqual(["remake", "same"]);
  });

  test("is restricted to the linked sources", () => {
    const truth = readTruth([...truthRows, { cluster: "x", source: "c", id: "1" }], ["a", "b"]);
    expect(truth.kind === "clusters" && truth.clusterByRecord.has(recordKey({ source: "c", id: "1" }))).toBe(false);
  });

  test("refuses truth of other columns, and says which it takes", () => {
    let error: unknown;
    try {
      readTruth([{ foo: "1", bar: "2" }], ["a"]);
    } catch (caught) {
      error = caught;
    }
    expect(isKindredError(error) && [error.code, error.message]).toEqual([
      "column-missing",
      expect.stringContaining("left_source"),
    ]);
  });

  test("finds perfect precision where nothing was claimed", () => {
    expect(scoresOf(0, 0, 5)).toMatchObject({ precision: 1, recall: 0, f1: 0 });
  });
});

describe("the trivial rule", () => {
  test("moves a trailing article, drops brackets, marks and signs", () => {
    expect(["Shawshank Redemption, The", "Amélie (2001)", "WALL·E"].map(trivialTitle)).toEqual([
      "the shawshank redemption",
      "amelie",
      "walle",
    ]);
  });

  test("takes equal titles whose years are both there and within one", () => {
    const film = (source: string, id: string, year: number | null) => ({ source, id, title: "Mother", year });
    const pairs = trivialRule([film("a", "1", 2009), film("b", "1", 2010), film("b", "2", 1996), film("b", "3", null)]);
    expect(pairs.map(({ right }) => right.id)).toEqual(["1"]);
  });
});
