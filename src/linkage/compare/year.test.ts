import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

test("years count by how far they are apart, in either direction", () => {
  const near = ["same year", "one year apart", "two or three years apart", "two or three years apart"];
  const far = ["four to ten years apart", "four to ten years apart", "more than ten years apart"];
  expect([0, 1, 2, 3, 4, 10, 11].map((apart) => compared("year", 1999, 1999 + apart))).toEqual([...near, ...far]);
});

test("a missing year is no evidence, not even beside another missing one", () => {
  expect([compared("year", 1999, null), compared("year", null, null)]).toEqual(["null", "null"]);
});
