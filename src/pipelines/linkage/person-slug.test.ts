import { expect, test } from "vitest";
import { peopleSource, personSlug } from "./person-slug.ts";

test("one person is one slug, whatever case, accents and punctuation their name is written with", () => {
  const spellings = ["Alejandro G. Iñárritu", "ALEJANDRO G IÑÁRRITU", "  Alejandro   G.   Inarritu "];
  expect(new Set(spellings.map(personSlug))).toEqual(new Set(["alejandro-g-inarritu"]));
});

test("names that differ in a vowel sign or a voicing mark are two people, for there marks are letters", () => {
  expect(personSlug("रोहित")).not.toBe(personSlug("राहत"));
  expect(personSlug("がく")).not.toBe(personSlug("かく"));
  expect(personSlug("สม")).not.toBe(personSlug("สุม"));
});

test("a name is one slug however its letters are composed", () => {
  for (const name of ["Bong Joon-ho 봉준호", "がく", "Iñárritu", "रोहित"])
    expect(personSlug(name.normalize("NFD"))).toBe(personSlug(name.normalize("NFC")));
  expect(personSlug("봉준호")).toBe("봉준호");
});

test("a name of no letter has no slug", () => {
  expect(["", "…", "- -", "\u0301"].map(personSlug)).toEqual(["", "", "", ""]);
});

test("the source of the people a source names is named after it", () => {
  expect(peopleSource("imdb")).toBe("imdb/people");
});
