import { join } from "node:path";
import { expect, test } from "vitest";
import type { LinkageEvaluation } from "../../src/pipelines/index.ts";
import { dataPath, describeWith, needData } from "../needs.ts";
import { kindred, withFolder } from "./kindred-process.ts";

const files = ["movies/movielens.csv", "movies/imdb5000.csv", "movies/clusters.csv"];

describeWith(needData(...files), "real catalogues without a configuration", () => {
  test("are linked better than by the trivial rule, at the default threshold", { timeout: 120_000 }, async () => {
    await withFolder(async (folder) => {
      const sources = files.slice(0, 2).map(dataPath);
      expect((await kindred(folder, "link", ...sources, "--ignore", "imdb_id,tmdb_id", "--out", "o")).exitCode).toBe(0);
      const measured = await kindred(
        folder,
        "evaluate",
        join(folder, "o"),
        "--truth",
        dataPath("movies/clusters.csv"),
        "--json",
      );
      const { pairs, trivial } = JSON.parse(measured.stdout) as LinkageEvaluation;
      expect(pairs.f1).toBeGreaterThan(trivial?.f1 ?? 1);
      expect(pairs.f1).toBeGreaterThan(0.985);
      expect(pairs.precision).toBeGreaterThan(0.99);
    });
  });
});
