import { expect, test } from "vitest";
import { thrownMessage, thrownStack } from "./thrown.ts";

test("whatever is thrown is told in words", () => {
  expect(thrownMessage(new Error("torn"))).toBe("torn");
  expect(thrownMessage(new TypeError(""))).toBe("TypeError");
  expect(thrownMessage("just a text")).toBe("just a text");
  expect(thrownMessage("")).toBe("an empty text was thrown");
  expect(thrownMessage(undefined)).toBe("undefined");
  expect(thrownMessage(null)).toBe("null");
  expect(thrownMessage({ code: 12, why: { at: [1, 2] } })).toBe("{ code: 12, why: { at: [ 1, 2 ] } }");
});

test("why an error came about is told with it, also of several in one, and nothing twice", () => {
  const refused = new Error("connect ECONNREFUSED 127.0.0.1:9");
  const both = new AggregateError([refused, new Error("connect ECONNREFUSED ::1:9")], "");
  const failed = new TypeError("fetch failed", { cause: both });
  expect(thrownMessage(failed)).toBe("fetch failed: AggregateError: connect ECONNREFUSED 127.0.0.1:9");
  expect(thrownMessage(new Error("cannot read a.csv: torn", { cause: new Error("torn") }))).toBe(
    "cannot read a.csv: torn",
  );
  expect(thrownStack(failed)).toMatch(/^TypeError: fetch failed\n[\s\S]*\ncaused by Error: connect ECONNREFUSED/);
  expect(thrownStack("text")).toBeUndefined();
});

test("what is masked is masked before a long text is cut, whatever part of it would be left", () => {
  const mask = (text: string): string => text.replaceAll("hush-hush", "<KEY>");
  for (let length = 1_980; length <= 2_000; length += 1) {
    const text = `${"x".repeat(length)}hush-hush${"y".repeat(20_000)}`;
    for (const thrown of [text, new Error(text), { text }]) expect(thrownMessage(thrown, mask)).not.toMatch(/hu/);
  }
  for (let length = 9_960; length <= 10_000; length += 1)
    expect(thrownStack(new Error(`${"x".repeat(length)}hush-hush`), mask)).not.toMatch(/hu/);
});

test("an error without end is told in bounds", () => {
  const circle = new Error("round");
  circle.cause = circle;
  expect(thrownMessage(circle)).toBe("round");
  const huge = new Error("y".repeat(5_000_000));
  expect(thrownMessage(huge)).toMatch(/^y{2000}… \(5000000 characters\)$/);
  expect(thrownStack(huge)?.length).toBeLessThan(11_000);
  expect(thrownMessage({ text: "y".repeat(5_000_000) }).length).toBeLessThan(2_100);
});
