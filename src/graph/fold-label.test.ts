import { describe, expect, test } from "vitest";
import { foldLabel } from "./fold-label.ts";

describe("foldLabel", () => {
  test("case, accents, signs and spaces do not tell labels apart", () => {
    expect(foldLabel("  Amélie  (Le Fabuleux…) ")).toBe("amelie le fabuleux");
    expect(foldLabel("Sci-Fi")).toBe(foldLabel("sci fi"));
    expect(foldLabel("Crime & Punishment")).toBe(foldLabel("Crime and Punishment"));
    expect(foldLabel("Ocean's Eleven")).toBe("oceans eleven");
    expect(foldLabel("U.S.A.")).toBe("usa");
  });

  test("vowel signs of Indic scripts stay: without them words would fall together", () => {
    expect(foldLabel("की")).not.toBe(foldLabel("का"));
  });

  test("a label of signs alone folds to nothing", () => {
    expect(foldLabel("??? 🎬")).toBe("");
  });
});
