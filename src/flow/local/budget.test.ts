import { expect, test } from "vitest";
import { LettersHome } from "../fixtures/letters-home.ts";

test("a run that would go beyond a ceiling is refused before it is made", async () => {
  const letters = new LettersHome();
  await letters.start();
  const second = letters.start({}, { budgets: { run: { tasks: 5 } } });
  await expect(second).rejects.toMatchObject({ code: "refused", message: expect.stringContaining("a run of letters") });
  expect(await letters.withRuns((runs) => runs.list())).toHaveLength(1);
});

test("the runs of a namespace and of a project share a ceiling, which others have no part in", async () => {
  const letters = new LettersHome();
  await letters.start({}, { namespace: "test.hats" });
  const shared = { budgets: { branch: { tasks: 40 } } };
  await expect(letters.start({}, { ...shared, namespace: "test.hats" })).rejects.toThrow(
    /at most 40 tasks for the branch/,
  );
  expect(await letters.start({}, { ...shared, namespace: "test.caps" })).toMatchObject({ status: "done" });
  const project = letters.start({}, { budgets: { project: { tasks: 60, days: 1 } }, namespace: "user.bo" });
  await expect(project).rejects.toThrow(/at most 60 tasks for the project/);
});
