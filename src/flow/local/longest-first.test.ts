import { expect, test } from "vitest";
import { LettersHome } from "../fixtures/letters-home.ts";
import { startRun } from "../index.ts";

const flowModule = new URL("../fixtures/longest-flow.ts", import.meta.url);

async function run(home: string, longMs: number) {
  const begun: string[] = [];
  const { artifact } = await startRun({
    ...{ home, workers: 1, codeVersion: "1", flowModule, params: { longMs } },
    onEvent: (event) => {
      if (event.type === "task-started" && event.key !== "(items)") begun.push(event.key);
    },
  });
  return { artifact, learned: begun.slice(0, 6).join(""), hinted: begun.slice(6).join("") };
}

test("the task that took longest in the run before begins first, else the largest item; results stay in the order of the items", async () => {
  const { home } = new LettersHome();
  const first = await run(home, 1_500);
  expect(first).toMatchObject({ learned: "abcdef", hinted: "DABCEF" });
  const second = await run(home, 0);
  expect(second.learned[0]).toBe("e");
  expect([...second.learned].toSorted().join("")).toBe("abcdef");
  expect(second.artifact).toEqual(first.artifact);
  expect(first.artifact).toEqual(["A!", "B!", "C!", "D!", "E!", "F!"]);
});
