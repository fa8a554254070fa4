import { describe, expect, test } from "vitest";
import { isKindredError } from "../base/index.ts";
import type { Field } from "../records/index.ts";
import { madeFields, profilesOf } from "./fixtures/made-records.ts";
import { checkLinkage, type FieldProfile, inferLinkage } from "./infer-linkage.ts";
import type { LinkageSettings } from "./settings.ts";

const sources = ["a", "b"];
const infer = (
  fields: readonly FieldProfile[],
  of = sources,
  overrides: Partial<LinkageSettings> = {},
): LinkageSettings => inferLinkage({ entityType: "film", sources: of, fields }, overrides);
const filled = (...fields: Field[]): FieldProfile[] => profilesOf(fields, sources);

function refusalOf(settings: unknown): [code: string, message: string] {
  try {
    checkLinkage(settings);
  } catch (error) {
    if (isKindredError(error)) return [error.code, error.message];
    throw error;
  }
  throw new Error("was not refused");
}

describe("inferred settings", () => {
  test("compare every shared field by its kind, the telling ones first, and never the level", () => {
    const { comparisons, levelField } = infer(profilesOf(madeFields, sources));
    expect(comparisons.map(({ field, kind }) => `${field}: ${kind}`)).toEqual([
      "title: title",
      "year: year",
      "directors: personList",
      "genres: set",
    ]);
    expect(levelField).toBe("level");
  });

  test("leave out what only one source has", () => {
    const fields = [
      ...filled({ name: "title", kind: "title", list: false }),
      { name: "budget", kind: "number", list: false, fillBySource: { a: 1 } } as const,
      { name: "tagline", kind: "text", list: false, fillBySource: { a: 1, b: 0.001 } } as const,
    ];
    expect(infer(fields).comparisons.map(({ field }) => field)).toEqual(["title"]);
  });

  test("use all fields of a single source, and look for duplicates in it", () => {
    const settings = infer(profilesOf(madeFields, ["a"]), ["a"]);
    expect([settings.dedupe, settings.comparisons.length]).toEqual([true, 4]);
  });

  test("find persons by the day of birth too, which outlives a name", () => {
    const [name, born]: [Field, Field] = [
      { name: "name", kind: "name", list: false },
      { name: "birth_date", kind: "date", list: false },
    ];
    expect(infer(filled(name, born)).rules.map((rule) => rule.name)).toContain("same birth_date");
    expect(
      infer(filled({ name: "title", kind: "title", list: false }, born)).rules.map((rule) => rule.name),
    ).not.toContain("same birth_date");
  });

  test("block by identifier before anything else, and by what there is where there is no title", () => {
    const phone: Field = { name: "phone", kind: "identifier", list: false };
    const name: Field = { name: "name", kind: "name", list: false };
    const about: Field = { name: "about", kind: "text", list: false };
    expect(infer(filled(name, phone)).rules.map((rule) => rule.name)).toEqual([
      "same phone",
      "same name",
      "same last name and initial of name",
      "a long word of name shared",
    ]);
    expect(infer(filled(about)).rules.map((rule) => rule.name)).toEqual([
      "a long word of about shared",
      "most alike in the words of about",
    ]);
  });

  test("end with what is most alike in the title, and put rules of that kind last wherever they are written", () => {
    const inferred = infer(profilesOf(madeFields, ["a", "b"])).rules;
    expect(inferred.at(-1)?.topK).toMatchObject({ fields: ["title"], tokens: "words" });
    const turned = [...inferred].reverse();
    const rules = infer(profilesOf(madeFields, ["a", "b"]), ["a", "b"], { rules: turned }).rules;
    expect(rules.at(-1)).toEqual(inferred.at(-1));
    expect(rules.slice(0, -1)).toEqual(turned.slice(1));
  });

  test("refuse a rule without keys, one with both, and one that looks up a field that is not there", () => {
    const fields = profilesOf(madeFields, ["a", "b"]);
    const topK = { fields: ["title"], tokens: "words", k: 3, q: 3, scoreMin: 0.2, postingsMax: 100 } as const;
    const withRule = (rule: object) => () =>
      infer(fields, ["a", "b"], { rules: [{ name: "mine", ...rule }] as LinkageSettings["rules"] });
    expect(withRule({ keys: [] })).toThrow(/either keys or topK/);
    expect(withRule({ keys: [{ field: "title", maker: "title" }], topK })).toThrow(/either keys or topK/);
    expect(withRule({ topK: { ...topK, fields: ["plot"] } })).toThrow(/"plot"/);
    expect(withRule({ topK: { ...topK, k: 1_000 } })).toThrow(/topK.k/);
    expect(withRule({ topK: { fields: ["title"] } })().rules[0]?.topK?.k).toBe(3);
  });

  test("stop at twelve comparisons, which a pattern can hold", () => {
    const many = Array.from({ length: 30 }, (_, i): Field => ({ name: `n${i}`, kind: "number", list: false }));
    expect(infer(filled(...many)).comparisons).toHaveLength(12);
  });
});

describe("settings from outside", () => {
  const valid = infer(profilesOf(madeFields, sources));

  test("pass as they are when they are valid, also as JSON", () => {
    expect(checkLinkage(JSON.parse(JSON.stringify(valid)))).toEqual(valid);
  });

  test("are refused with the place of the mistake", () => {
    const [code, message] = refusalOf({ ...valid, threshold: 1.5 });
    expect([code, message]).toEqual(["config-invalid", expect.stringContaining("threshold")]);
  });

  test("are refused when a rule or a comparison names a field that is not there, with the fields there are", () => {
    const rules = [{ name: "same titel", keys: [{ field: "titel", maker: "title" }] }];
    const [code, message] = refusalOf({ ...valid, rules });
    expect(code).toBe("config-invalid");
    expect(message).toMatch(/"titel"[\s\S]*title, year, directors/);
    expect(refusalOf({ ...valid, comparisons: [{ field: "x", kind: "text" }] })[0]).toBe("config-invalid");
    const [kindCode, kindMessage] = refusalOf({ ...valid, comparisons: [{ field: "title", kind: "titel" }] });
    expect(kindCode).toBe("config-invalid");
    expect(kindMessage).toMatch(/"titel"[\s\S]*titleList/);
  });
});
