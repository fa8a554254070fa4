import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("workflows of this release go on with the histories of this one and those before", () => {
  const script = fileURLToPath(new URL("./fixtures/replay-histories.ts", import.meta.url));
  const lines = execFileSync(process.execPath, [script], { encoding: "utf8" }).trim().split("\n");
  const replayed = lines.map((line) => JSON.parse(line) as { workflowId: string; error: string | null });
  expect(replayed.length).toBeGreaterThan(10);
  expect(replayed.filter(({ error }) => error !== null)).toEqual([]);
  // Of a workflow that went on in new ones there are several: a run that held windows back, and a window.
  const again = replayed.map(({ workflowId }) => workflowId).filter((id, place, all) => all.indexOf(id) < place);
  expect(again.some((id) => id.includes("/"))).toBe(true);
  expect(again.some((id) => !id.includes("/"))).toBe(true);
});
