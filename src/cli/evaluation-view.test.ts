import { expect, test } from "vitest";
import { type Evaluation, evaluate, recordKey, scoresOf, type Truth } from "../linkage/index.ts";
import { printEvaluation } from "./evaluation-view.ts";
import type { Terminal } from "./terminal.ts";
import { displayWidth } from "./text-table.ts";

const ids = Array.from({ length: 40 }, (_, at) => String(at));
const entities = ids.flatMap((id) => [
  { entity: `film:${id}`, source: "a", id },
  { entity: id === "7" ? "film:8" : `film:${id}`, source: "b", id },
]);

/** What is printed of an evaluation in a terminal of 80 columns. */
function printed(evaluation: Evaluation): string[] {
  const lines: string[] = [];
  const terminal: Terminal = {
    ...{ json: false, interactive: false, width: 80, note: () => {}, status: () => {} },
    line: (text = "") => void lines.push(text),
    result: (_document, print) => print(),
    style: (_format, text) => text,
  };
  const { pairs, bCubed, exactEntities, byCategory } = evaluation;
  const coverage = { recordsNamed: 80, recordsUnknown: 0, sourcesWithoutTruth: [] };
  const trivial = { ...pairs, bCubed, exactEntities, byCategory };
  printEvaluation(terminal, { ...evaluation, trivial, wrongMerges: [], coverage });
  return lines;
}

test("an evaluation of millions of pairs fits a terminal of 80 columns, its intervals in a table of their own", () => {
  const clusters: Truth = {
    kind: "clusters",
    clusterByRecord: new Map(ids.flatMap((id) => ["a", "b"].map((source) => [recordKey({ source, id }), id]))),
  };
  const evaluation = evaluate([], entities, clusters);
  const lines = printed({ ...evaluation, pairs: scoresOf(9_999_999, 1_234_567, 2_345_678, 0) });
  expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
  const at = lines.findIndex((line) => line.startsWith("95 % intervals"));
  expect(lines.slice(at + 1, at + 4)).toEqual(
    ["pairs", "B-cubed", "exact entities"].map((of) =>
      expect.stringMatching(new RegExp(`^${of} +(\\[[01]\\.\\d{4}, [01]\\.\\d{4}\\] *){3}$`)),
    ),
  );
});

test("the categories of an evaluation keep their names, and none is listed where it has no pair", () => {
  const pairs = ids.map((id) => ({
    ...{ left: { source: "a", id }, right: { source: "b", id } },
    ...{
      match: Number(id) % 4 > 0,
      category: Number(id) % 4 > 0 ? "same-director-other-title" : "same-director-remake",
    },
  }));
  const lines = printed(evaluate([], entities, { kind: "pairs", pairs }));
  expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
  expect(lines.filter((line) => line.startsWith("same-director"))).toEqual([
    expect.stringMatching(/^same-director-other-title +29 of 30 +\[0\.83, 0\.99\] +29 of 30$/),
    expect.stringMatching(/^same-director-remake +0 of 10 +\[0\.00, 0\.28\] +0 of 10$/),
  ]);
});
