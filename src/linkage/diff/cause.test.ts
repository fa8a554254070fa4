import { describe, expect, test } from "vitest";
import { causeOf, type PairState, type WeightPart } from "./index.ts";

const part = (name: string, weight: number, level: string | null = "equal"): WeightPart => ({ name, level, weight });
const sum = (parts: readonly WeightPart[]): number => parts.reduce((total, { weight }) => total + weight, 0);

function state(parts: readonly WeightPart[], changed: Partial<PairState> = {}): PairState {
  const weight = sum(parts);
  return {
    standing: "kept",
    isMatch: weight >= 0,
    reason: weight >= 0 ? "" : "below the threshold",
    weight,
    thresholdWeight: 0,
    decision: null,
    parts,
    ...changed,
  };
}

const good = state([part("prior", -1, "same title"), part("title", 3), part("year", 1)]);
const notKept = { standing: "unread", isMatch: false, weight: null, parts: [] } as const;

describe("the cause of a match that went", () => {
  test.each<[string, PairState, readonly string[], object]>([
    ["a record that is gone", state([], { ...notKept, standing: "absent" }), [], { kind: "record" }],
    ["a decision", state(good.parts, { isMatch: false, decision: "different" }), [], { kind: "decision" }],
    ["a rule that no longer makes it", state([], { ...notKept, standing: "unmade" }), [], { kind: "blocking" }],
    [
      "a value that no rule finds",
      state([], { ...notKept, standing: "unmade" }),
      ["year"],
      { kind: "value", part: "year" },
    ],
    [
      "something forbidding it",
      state(good.parts, { isMatch: false, reason: "levels" }),
      [],
      { kind: "constraint", detail: "levels" },
    ],
    [
      "the threshold",
      state(good.parts, { isMatch: false, thresholdWeight: 4 }),
      [],
      { kind: "threshold", detail: "the threshold was 0.5 and is 0.9412" },
    ],
    [
      "a threshold next to 1",
      state(good.parts, { isMatch: false, thresholdWeight: 20 }),
      [],
      { kind: "threshold", detail: "the threshold was 0.5 and is 0.999999" },
    ],
    ["the prior", state([part("prior", -9, "same title"), part("title", 3), part("year", 1)]), [], { kind: "prior" }],
    [
      "the model's weight",
      state([part("prior", -1, "same title"), part("title", -2), part("year", 1)]),
      [],
      { kind: "weights", part: "title" },
    ],
    [
      "another level of equal values",
      state([part("prior", -1, "same title"), part("title", -1, "near"), part("year", 1)]),
      [],
      { kind: "level", part: "title" },
    ],
    [
      "a changed value",
      state([part("prior", -1, "same title"), part("title", 3), part("year", -4, "apart")]),
      ["cast", "year"],
      { kind: "value", part: "year" },
    ],
    [
      "a field that is no longer compared",
      state([part("prior", -1, "same title"), part("year", 0.5)]),
      [],
      { kind: "comparison", part: "title" },
    ],
    [
      "a rival that came",
      state([...good.parts, part("competition", -4, null)]),
      [],
      { kind: "competition", part: "competition" },
    ],
    ["what comes after the model", state([...good.parts, part("calibration", -4, null)]), [], { kind: "calibration" }],
    ["nothing that was looked into", state([], notKept), [], { kind: "unread" }],
  ])("is %s", (_, after, changedFields, expected) => {
    expect(causeOf(good, after, changedFields)).toMatchObject(expected);
    // The same change the other way round has the same kind of cause.
    expect(causeOf(after, good, changedFields).kind).toBe((expected as { kind: string }).kind);
  });

  test("is the part that moved most of those that point where the weight went", () => {
    const after = state([part("prior", -2, "same title"), part("title", 6), part("year", -9, "apart")]);
    expect(causeOf(good, after, [])).toMatchObject({
      kind: "level",
      part: "year",
      detail: 'year: +1.00 to -9.00: "equal", now "apart"',
    });
  });
});
