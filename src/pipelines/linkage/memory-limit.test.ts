import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { openRuns } from "../../flow/index.ts";
import { hostIn, inFolderOf, linking } from "../fixtures/catalogues.ts";
import { runLinkage } from "./run-linkage.ts";

const memoryMiB = 4;

/** Two catalogues whose titles alone take more than four times the limit once they are opened. */
function longTitles(): Record<string, string> {
  const random = seededRandom(5);
  const word = (): string => random.integer(1e9).toString(36);
  const rows = Array.from({ length: 6_000 }, (_, i) => {
    const title = Array.from({ length: 110 }, word).join(" ");
    return { id: i, title, year: 1950 + random.integer(70) };
  });
  const csv = (keep: number): string =>
    `id,title,year\n${rows
      .filter(({ id }) => id % 10 < keep)
      .map(({ id, title, year }) => `${id},${title},${year}\n`)
      .join("")}`;
  return { "a.csv": csv(9), "b.csv": csv(8) };
}

const linkage = {
  film: {
    rules: [{ name: "start", keys: [{ field: "title", maker: "start" as const, length: 4 }] }],
    comparisons: [
      { field: "title", kind: "jaroWinkler", thresholds: [0.8, 0.95] },
      { field: "year", kind: "difference", thresholds: [0, 1] },
    ],
  },
};

test("a source four times the limit of a task links all the same, cut by cut, to the same bytes", {
  timeout: 400_000,
}, async () => {
  await inFolderOf(longTitles(), async (folder) => {
    const sources = linking(folder, "a.csv", "b.csv").sources.map((source) => ({ ...source, entityType: "film" }));
    const link = async (limit: number): Promise<{ bytes: string[]; tasks: number }> => {
      const host = { ...hostIn(folder), home: join(folder, `home-${limit}`) };
      const params = { ...linking(folder, "a.csv", "b.csv"), sources, linkage, graph: false, shards: 1 };
      const { out, run } = await runLinkage({ ...params, memoryMiB: limit }, host);
      const files = ["matches.csv", "entities.csv", "review.csv", "model.json"];
      const bytes = await Promise.all(files.map((file) => readFile(join(out, file), "utf8")));
      const runs = await openRuns(host.home);
      const { steps } = await runs.read(run);
      await runs.close();
      return { bytes, tasks: steps.find(({ step }) => step === "match")?.width ?? 0 };
    };
    const whole = await link(1024);
    expect(whole.tasks).toBe(1);
    const cut = await link(memoryMiB);
    // A shard is opened in memory of its own that cannot grow over the limit: one task could not have held it.
    expect(cut.tasks).toBeGreaterThanOrEqual(4);
    expect(cut.bytes[0]?.split("\n").length).toBeGreaterThan(3_000);
    expect(cut.bytes).toEqual(whole.bytes);
  });
});
