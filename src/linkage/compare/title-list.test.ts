import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

test("works in common are counted by title, whatever the article", () => {
  expect(compared("titleList", ["The Birds", "Psycho"], ["Birds, The"])).toBe(
    "most in common, which are in few records",
  );
  expect(compared("titleList", ["The Birds"], ["Vertigo"])).toBe("no work in common");
});

test("a work that many have made says less", () => {
  const works = ["Hamlet", "Ran", "Ikiru", "Dreams", "Rashomon"];
  const others = ["Hamlet", "Othello", "Henry V"];
  expect(compared("titleList", works, others, 5_000)).toBe("a few in common, which are in many records");
  expect(compared("titleList", works, others)).toBe("a few in common, which are in few records");
});

test("a sequel is not the work that it follows", () => {
  expect(compared("titleList", ["Rocky"], ["Rocky II"])).toBe("no work in common");
  expect(compared("titleList", ["Rocky 2"], ["Rocky II"])).toBe("most in common, which are in few records");
});

test("a person without works is no evidence", () => {
  expect(compared("titleList", [], ["Psycho"])).toBe("null");
});
