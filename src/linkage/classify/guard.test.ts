import { describe, expect, test } from "vitest";
import { comparisonOf, nameLevels } from "../compare/index.ts";
import { inferLinkage } from "../infer-linkage.ts";
import type { LinkageSettings } from "../settings.ts";
import { guardReason } from "./guard.ts";
import { packPattern } from "./pattern.ts";

type Level = number | "best" | "worst" | "null";

/** The guard's reason for a pair with these levels; the field of a comparison is named for its kind. */
function reasonOf(levels: Readonly<Record<string, Level>>): string | null {
  const kinds = Object.keys(levels);
  const settings: LinkageSettings = inferLinkage(
    { entityType: "x", sources: ["a", "b"], fields: [] },
    {
      fields: kinds.map((kind) => ({ name: kind, kind: kind === "set" ? "category" : (kind as "text"), list: false })),
      comparisons: kinds.map((kind) => ({ field: kind, kind })),
    },
  );
  const numbers = kinds.map((kind) => {
    const level = levels[kind] as Level;
    if (typeof level === "number") return level;
    return level === "best" ? comparisonOf({ field: kind, kind }).levels.length : level === "worst" ? 1 : 0;
  });
  return guardReason(packPattern(numbers), settings);
}

describe("a pair above the threshold still needs a look", () => {
  test("when nothing but classes agrees", () => {
    expect(reasonOf({ title: "worst", set: "best", category: "best" })).toBe("nothing but classes agrees");
  });

  test("when only the title agrees, since what could have told is missing", () => {
    expect(reasonOf({ title: "best", year: "null", personList: "null", set: "best" })).toBe(
      "only title agrees; year, personList: missing",
    );
  });

  test("when a single name agrees that is spelt nearly alike, or that several bear, even in the right occupation", () => {
    const uncertain = "only name agrees, and not for certain";
    expect(reasonOf({ name: nameLevels.close, set: "best" })).toBe(uncertain);
    expect(reasonOf({ name: nameLevels.equalSeveral, set: "best" })).toBe(uncertain);
  });

  test("when a single value agrees that a source has twice", () => {
    expect(reasonOf({ title: 12, year: 3 })).toBe("only title agrees, and it is not unique");
    expect(reasonOf({ year: "best", title: "null" })).toBe("only year agrees, and it is not unique");
  });

  test("when the titles speak against each other, and all else is not wholly the same", () => {
    const nearly = { title: "worst", personList: "best", set: "best", year: 4 } as const;
    expect(reasonOf(nearly)).toBe("title does not agree, and too little else does wholly");
    expect(reasonOf({ ...nearly, year: "best", number: 3 })).toBe("title does not agree, nor does number");
    expect(reasonOf({ year: "best", title: "worst" })).toBe("title does not agree, and too little else does wholly");
  });

  test("when the name is another, and not two things agree that are issued once, one of them an identifier", () => {
    const moved = { name: "worst", number: "worst" } as const;
    expect(reasonOf({ ...moved, identifier: "best", date: "null" })).toBe("name does not agree, nor does number");
    expect(reasonOf({ ...moved, identifier: "worst", date: "best" })).toBe("name does not agree, nor does number");
    expect(reasonOf({ ...moved, date: "best", year: "best" })).toBe("name does not agree, nor does number");
  });

  test("when a unique name agrees, and the occupation does not", () => {
    expect(reasonOf({ name: "best", set: "worst" })).toBe("only name agrees, and set does not");
  });

  test("when a unique title agrees, and the years are those of a remake", () => {
    expect(reasonOf({ title: "best", year: 2 })).toBe("only title agrees, and year does not");
    expect(reasonOf({ title: "best", year: 2, set: "best" })).toBe("only title agrees, and year does not");
  });
});

describe("a pair above the threshold is a match", () => {
  test("when two fields agree that can tell", () => {
    expect(reasonOf({ title: "best", year: "best", set: "worst" })).toBeNull();
    expect(reasonOf({ name: nameLevels.close, year: "best" })).toBeNull();
  });

  test("when the name is another, and an identifier and a day agree that are issued once", () => {
    expect(reasonOf({ name: "worst", identifier: "best", date: "best", number: "worst" })).toBeNull();
  });

  test("when what it is called agrees, whatever else is compared as a name", () => {
    expect(reasonOf({ title: "best", name: "worst", year: "best", personList: "best" })).toBeNull();
  });

  test("when the titles are translations, and all that can tell agrees", () => {
    expect(reasonOf({ title: "worst", personList: "best", year: "best", number: 4 })).toBeNull();
    expect(reasonOf({ title: "worst", personList: "best", year: 4, number: "best" })).toBeNull();
  });

  test("when a unique name agrees, alone or with its class", () => {
    expect(reasonOf({ name: "best", set: "null" })).toBeNull();
    expect(reasonOf({ name: nameLevels.initials, set: "best" })).toBeNull();
  });

  test("when a unique title agrees, and there is nothing else to compare", () => {
    expect(reasonOf({ title: "best", set: "null" })).toBeNull();
  });
});
