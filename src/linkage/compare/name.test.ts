import { describe, expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

const unique = "equal, and no source has it twice";
const initials = "equal but for initials or middle names";
const otherFirst = "same last name, other first name";

type Case = readonly [left: string, right: string, level: string];

const cases: readonly Case[] = [
  ["Spike Lee", "Lee, Spike", unique],
  ["Alejandro González Iñárritu", "Alejandro Gonzalez Inarritu", unique],
  ["Robert Downey Jr.", "Robert Downey", unique],
  ["Sir Ian McKellen", "Ian McKellen", unique],
  ["Jean-Luc Godard", "Jean Luc Godard", unique],
  ["Michelle Williams (I)", "Michelle Williams", unique],
  ["Андрей Тарковский", "ТАРКОВСКИЙ, Андрей", unique],
  ["J. Lee Thompson", "Jack Lee Thompson", initials],
  ["F.W. Murnau", "Friedrich Wilhelm Murnau", initials],
  ["Francis Ford Coppola", "Francis Coppola", initials],
  ["J.K. Simmons", "Jean Simmons", otherFirst],
  ["Steve Martin", "Dean Martin", otherFirst],
  ["Robert De Niro", "Drena De Niro", otherFirst],
  ["Akira Kurosava", "Akira Kurosawa", "nearly the same spelling"],
  ["Sofia Coppola", "Tom Hanks", "different names"],
];

describe("names of people", () => {
  test.for(cases)("%s and %s are %s", ([left, right, level]) => {
    expect(compared("name", left, right)).toBe(level);
  });

  test("weigh less when a source has several bearers", () => {
    expect([1, 2, 3].map((count) => compared("name", "John Smith", "Smith, John", count))).toEqual([
      unique,
      "equal; a source has two of it",
      "equal; a source has more than two of it",
    ]);
  });

  test("a name of one word does not match every bearer of it as a last name", () => {
    expect(compared("name", "Madonna", "Madonna")).toBe(unique);
    expect(compared("name", "Prince", "Faith Prince")).toBe(otherFirst);
  });
});
