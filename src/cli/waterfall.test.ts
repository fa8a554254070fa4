import { expect, test } from "vitest";
import type { PairExplanation } from "../pipelines/index.ts";
import type { Terminal } from "./terminal.ts";
import { printWaterfall } from "./waterfall.ts";

function linesOf(pair: PairExplanation): string[] {
  const lines: string[] = [];
  const terminal: Terminal = {
    json: false,
    interactive: false,
    width: 80,
    line: (text = "") => void lines.push(text),
    result: (_document, print) => print(),
    note: () => {},
    status: () => {},
    style: (_format, text) => text,
  };
  printWaterfall(terminal, pair);
  return lines;
}

const record = (source: string, title: string, year: number): PairExplanation["left"] => ({
  source,
  id: "1",
  row: 0,
  entityType: "film",
  values: { title, year },
});

const pair: PairExplanation = {
  left: record("a", "Psycho", 1960),
  right: record("b", "Psycho", 1998),
  entityType: "film",
  rule: "title",
  priorWeight: -1.5,
  steps: [
    { field: "title", kind: "title", level: "equal", tendency: "agrees", weight: 6, left: "Psycho", right: "Psycho" },
    { field: "year", kind: "year", level: "further off", tendency: "differs", weight: -9.25, left: 1960, right: 1998 },
    { field: "cast", kind: "personList", level: "missing", tendency: "missing", weight: 0, left: null, right: null },
  ],
  beyond: [{ name: "competition", detail: "nothing surer competes for either record", weight: 0.75 }],
  weight: -4,
  probability: 0.0588,
  outcome: "rejected",
  reason: "below the threshold",
};

test("the evidence is the prior, a bar a comparison with its values, what was added to them, and the sum with what became of it", () => {
  const lines = linesOf(pair);
  expect(lines.slice(0, 2)).toEqual(["Psycho (1960)  a/1", "Psycho (1998)  b/1"]);
  expect(lines.slice(2).map((line) => line.replace(/\s+/g, " ").trim())).toEqual([
    '-1.50 ██│ prior: pairs by "title"',
    "+6.00 │██████ title: equal Psycho | Psycho",
    "-9.25 █████████│ year: further off 1960 | 1998",
    "0 │ cast: missing",
    "+0.75 │█ competition: nothing surer competes for either record",
    "-4.00 ████│ probability .0588, rejected: below the threshold",
  ]);
});

test("every bar stands on one line, and a weight too large for it is cut and not drawn over the text", () => {
  const lines = linesOf({
    ...pair,
    steps: pair.steps.map((step) => ({ ...step, weight: step.weight * 100 })),
    weight: Number.NEGATIVE_INFINITY,
    probability: 0,
  }).slice(2);
  const axes = lines.map((line) => line.indexOf("│"));
  expect(lines.at(-1)).toContain("-∞");
  expect(lines.at(-1)).toContain("below .0001");
  expect(new Set(axes).size).toBe(1);
  for (const line of lines) expect(line.match(/█/g)?.length ?? 0).toBeLessThanOrEqual(12);
});

test("a probability is never told as certain", () => {
  expect(linesOf({ ...pair, probability: 1, weight: 60 }).at(-1)).toContain("above .9999");
});
