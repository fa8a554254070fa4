import { expect, test } from "vitest";
import { shownValue } from "./shown-value.ts";

test("a value is shown on one short line, whatever it holds", () => {
  expect(shownValue("Mother")).toBe('"Mother"');
  expect([shownValue(1999), shownValue(null), shownValue(["Ada", "Bela"])]).toEqual(["1999", "null", '["Ada","Bela"]']);
  expect(shownValue("x\n".repeat(5_000_000)).length).toBeLessThan(200);
  const crowd = Array.from({ length: 100_000 }, (_, i) => `Person ${i} ${"y".repeat(1_000)}`);
  expect(shownValue(crowd).length).toBeLessThan(250);
});
