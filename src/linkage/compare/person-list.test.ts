import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

const cast = ["Ada Abara", "Bela Brandt", "Carla Castillo", "Dino Demir", "Elif Eriksen", "Femi Fontaine"];

test("a shared rare person says more than a shared common one", () => {
  const rare = compared("personList", ["Ada Abara", "B C"], ["Ada Abara"], 1);
  const common = compared("personList", ["Ada Abara", "B C"], ["Ada Abara"], 5_000);
  expect([rare, common]).toEqual(["most in common, who are in few records", "most in common, who are in many records"]);
});

test("one of many is a few, and half of the shorter list is most", () => {
  const others = ["Gus Gray", "Hana Hall", "Ada Abara"];
  expect(compared("personList", cast, others)).toBe("a few in common, who are in few records");
  expect(compared("personList", cast, others, 5_000)).toBe("a few in common, who are in many records");
  expect(compared("personList", cast, ["Gus Gray", "Abara, Ada"])).toBe("most in common, who are in few records");
});

test("order, billing and repetition do not matter", () => {
  expect(compared("personList", cast, [...cast, ...cast].reverse())).toBe("most in common, who are in few records");
});

test("a name in another spelling, or with initials, is similar and not shared", () => {
  const similar = "a similar name in both";
  expect(compared("personList", ["Akira Kurosawa"], ["Akira Kurosava"])).toBe(similar);
  expect(compared("personList", ["F.W. Murnau"], ["Friedrich Wilhelm Murnau"])).toBe(similar);
  expect(compared("personList", ["Joel Coen"], ["Akira Kurosawa"])).toMatch(/^no/);
});

test("a name in Cyrillic is similar to the usual ways to write it in Latin letters", () => {
  expect(compared("personList", ["Андрей Тарковский"], ["Andrei Tarkovsky"])).toBe("a similar name in both");
  expect(compared("personList", ["Андрей Тарковский"], ["Andrei Konchalovsky"])).toBe("nobody in common");
});

test("the last name is the one that is written last, not the last of the alphabet", () => {
  expect(compared("personList", ["Zoe Adams"], ["Zoe A."])).toBe("nobody in common");
  expect(compared("personList", ["Zoe Adams"], ["Adams, Z."])).toBe("a similar name in both");
});

test("an empty list is no evidence", () => {
  expect([compared("personList", [], cast), compared("personList", ["?"], cast)]).toEqual(["null", "null"]);
});
