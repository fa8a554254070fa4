import { expect, test } from "vitest";
import { signsOf } from "./codes.ts";

test("a model number is one code however it is written", () => {
  for (const text of ["sony MDR-NC500D headphones", "sony mdrnc500d", "(MDR.NC500D)", "mdr-nc500d/x100"])
    expect(signsOf(text).codes).toContain("mdrnc500d");
});

test("sizes are quantities and no codes", () => {
  const { codes, quantities } = signsOf('120GB drive, 24" screen, 3.50 lbs, 2-pack');
  expect(codes).toEqual([]);
  expect(Object.fromEntries(quantities)).toEqual({ gigabyte: ["120"], inch: ["24"], pound: ["3.5"], pack: ["2"] });
});

test("numbers are the same with and without marks and zeros at their ends", () => {
  expect(signsOf("1,999.00 007 6.0").numbers).toEqual(signsOf("1999 7 6").numbers);
});

test("text without letters or digits has no signs", () => {
  expect(signsOf("--- ! \u0000")).toEqual({ codes: [], numbers: [], quantities: new Map(), squashed: "" });
});
