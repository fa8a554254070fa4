import { expect, test } from "vitest";
import { dataPath, describeWith, needData } from "../needs.ts";
import { type Ended, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

const sources = ["movies/imdb5000.csv", "movies/imdb2018.csv"];
const truth = "movies/clusters.csv";

const gates = { minPrecision: 0.985, minRecall: 0.97, minF1: 0.98 };
const project = { project: { name: "films", dataSets: { films: { gates, truth: dataPath(truth) } } } };

interface Gate {
  readonly gate: keyof typeof gates;
  readonly figure: string;
  readonly seen: number;
  readonly passed: boolean;
}

describeWith(needData(...sources, truth), "gates on a file of truth", () => {
  test(
    "let a good linkage of real catalogues into production, and keep out one that never read the titles",
    {
      timeout: 240_000,
    },
    () =>
      withFolder(async (folder) => {
        let token = "";
        const run = (...args: string[]): Promise<Ended> =>
          startKindred(folder, args, undefined, undefined, { KINDRED_PRODUCTION_TOKEN: token }).ended;
        const json = async (...args: string[]) => {
          const ended = await run(...args, "--json");
          expect(ended.exitCode, ended.stderr).toBe(0);
          return JSON.parse(ended.stdout);
        };
        const linked = async (ignored: string): Promise<string> => {
          const files = sources.map(dataPath);
          return (await json("link", ...files, "--ignore", ignored, "--dataset", "films", "--branch", "hats")).run;
        };
        // JSON is YAML.
        await writeFiles(folder, { "kindred.yaml": JSON.stringify(project) });
        token = (await json("production", "token")).token;

        const good = await json("promote", await linked("imdb_id,tmdb_id"));
        const passed: readonly Gate[] = good.dataSets[0].gates;
        expect(passed.map(({ gate }) => gate)).toEqual(Object.keys(gates));
        for (const { gate, seen } of passed) expect(seen, gate).toBeGreaterThanOrEqual(gates[gate]);

        const bad = await linked("imdb_id,tmdb_id,title");
        const shown = await json("promote", bad, "--dry-run");
        expect(shown.isAllowed).toBe(false);
        const refused = await run("promote", bad);
        expect(refused.exitCode).toBe(3);
        const failed: readonly Gate[] = shown.dataSets[0].gates.filter((each: Gate) => !each.passed);
        expect(failed.map(({ figure }) => figure)).toEqual(["precision", "recall", "f1"]);
        for (const { gate, figure, seen } of failed) {
          expect(seen, gate).toBeLessThan(gates[gate]);
          expect(refused.stderr).toContain(`films: ${gate} ${gates[gate]}, and ${figure} is ${seen}`);
        }

        const { versions } = await json("data", "films", "--production");
        expect(versions).toMatchObject([{ version: 1, isHead: true, run: good.run }]);
        const { records } = await json("production", "audit");
        expect(records).toMatchObject([
          { action: "refused", run: bad, detail: { dataSets: [{ gates: failed }] } },
          { action: "promoted", run: good.run, detail: { figures: { f1: passed[2]?.seen } } },
          { action: "token-made" },
        ]);
      }),
  );
});
