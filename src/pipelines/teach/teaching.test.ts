import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rm } from "node:fs/promises";
import type { Model } from "../../linkage/index.ts";
import { explainRecords, linksOf } from "../explain/explain-records.ts";
import { hostIn, linking, madeCatalogues, makeFolderOf } from "../fixtures/catalogues.ts";
import type { LinkageParams } from "../linkage/params.ts";
import { openLinkage, type PublishedLinkage } from "../linkage/published-linkage.ts";
import { type LinkedPair, recordsOf } from "../linkage/result-files.ts";
import { runLinkage } from "../linkage/run-linkage.ts";
import { calibrateLinkage } from "./calibrate-linkage.ts";
import { readTeaching, type TeachingFiles } from "./read-teaching.ts";

const header = "left_source,left_id,right_source,right_id";
const lineOf = (pair: LinkedPair): string => [pair.leftSource, pair.leftId, pair.rightSource, pair.rightId].join(",");
/** r7 is the film l7. */
const isTrue = (pair: LinkedPair): boolean => pair.leftId.slice(1) === pair.rightId.slice(1);

describe("a linkage that is taught", () => {
  let folder = "";
  let published: PublishedLinkage;
  let links: LinkedPair[];

  const link = async (files: TeachingFiles, out = "out"): Promise<PublishedLinkage> => {
    const params: Partial<LinkageParams> = { teaching: await readTeaching(files), graph: false };
    const sources = linking(folder, "a.csv", "b.csv");
    return openLinkage((await runLinkage({ ...sources, ...params, out: join(folder, out) }, hostIn(folder))).out);
  };
  const modelsOf = async (of: PublishedLinkage): Promise<Record<string, Model>> =>
    JSON.parse(await readFile(join(of.directory, "model.json"), "utf8")).types;
  const written = async (name: string, lines: readonly string[]): Promise<string> => {
    await writeFile(join(folder, name), `${lines.join("\n")}\n`);
    return join(folder, name);
  };

  beforeAll(async () => {
    folder = await makeFolderOf({ ...madeCatalogues(120) });
    published = await link({});
    links = await linksOf(published, "film");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("has a model for each entity type, all in one run", async () => {
    const models = await modelsOf(published);
    expect(Object.keys(models).sort()).toEqual(["film", "person"]);
    expect(models.person?.rules.map(({ rule }) => rule)).not.toEqual(models.film?.rules.map(({ rule }) => rule));
    for (const { rules } of Object.values(models)) expect(rules.every(({ pairs }) => pairs >= 0)).toBe(true);
  });

  test("by labels learns what they show, and of a kind of pair that they call different weighs less", async () => {
    const remakes = links.filter((pair) => !isTrue(pair) && pair.weight > -10);
    expect(remakes.length).toBeGreaterThan(3);
    const labels = await written("labels.csv", [
      `${header},label`,
      ...remakes.map((pair) => `${lineOf(pair)},different`),
      "a,nobody,b,nowhere,same",
    ]);
    const after = await linksOf(await link({ labels }, "labelled"), "film");
    const weightOf = (of: readonly LinkedPair[]): number =>
      remakes.reduce((sum, pair) => sum + (of.find((one) => lineOf(one) === lineOf(pair))?.weight ?? -10), 0);
    expect(weightOf(after)).toBeLessThan(weightOf(links));
  });

  test("by the model of another run weighs every pair as that run did, and refuses a model of other rules", async () => {
    const model = join(published.directory, "model.json");
    const again = await link({ model }, "again");
    expect(await readFile(join(again.directory, "matches.csv"), "utf8")).toBe(
      await readFile(join(published.directory, "matches.csv"), "utf8"),
    );
    const sources = linking(folder, "a.csv", "b.csv");
    const rules = [{ name: "same title", keys: [{ field: "title", maker: "title" as const }] }];
    const teaching = await readTeaching({ model });
    const other = runLinkage({ ...sources, teaching, linkage: { film: { rules } }, graph: false }, hostIn(folder));
    await expect(other).rejects.toMatchObject({ code: "config-invalid" });
  });

  test("by a calibration gives the weights that its map gives, in the order they had, and explains them", async () => {
    const truth = await written("truth.csv", [
      `${header},label`,
      ...links.map((pair) => `${lineOf(pair)},${isTrue(pair) ? 1 : 0}`),
    ]);
    const found = await calibrateLinkage(published.directory, truth);
    expect(found.types.film?.pairs).toBe(links.length);
    const calibration = await written("calibration.json", [JSON.stringify(found)]);
    const calibrated = await link({ calibration }, "calibrated");
    const after = await linksOf(calibrated, "film");
    const before = new Map(links.map((pair) => [lineOf(pair), pair.weight]));
    const inOrder = after.toSorted((a, b) => a.weight - b.weight).map((pair) => before.get(lineOf(pair)) as number);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(after.some((pair) => pair.calibration !== 0)).toBe(true);
    const [pair] = after as [LinkedPair];
    const { beyond, weight } = await explainRecords(calibrated, ...recordsOf(pair));
    expect(beyond.map(({ name }) => name)).toContain("calibration");
    expect(weight).toBeCloseTo(pair.weight, 9);
    // What a calibrated linkage is calibrated by again is not added to what it was calibrated by before.
    expect((await calibrateLinkage(calibrated.directory, truth)).types.film?.slope).toBeCloseTo(
      found.types.film?.slope as number,
      6,
    );
  });

  test("by verdicts moves the pairs of the gray zone that were judged, and says who judged them", async () => {
    const gray = links.find((pair) => Math.abs(pair.weight) < 6) as LinkedPair;
    expect(gray).toBeDefined();
    const verdicts = await written("verdicts.csv", [
      `${header},probability,judge,reason`,
      `${lineOf(gray)},0.02,Ada,"the poster is another"`,
    ]);
    const judged = await link({ verdicts }, "judged");
    const after = (await linksOf(judged, "film")).find((pair) => lineOf(pair) === lineOf(gray)) as LinkedPair;
    expect([after.verdictBy, after.verdict < -5]).toEqual(["Ada", true]);
    expect(after.weight).toBeLessThan(gray.weight);
    const { beyond } = await explainRecords(judged, ...recordsOf(after));
    expect(beyond[0]).toMatchObject({ name: "verdict", detail: "judged by Ada" });
  });

  test("refuses what it cannot read, and says in which row", async () => {
    const nobody = await written("nobody.csv", [`${header},probability,judge`, "a,l1,b,r1,0.5,"]);
    await expect(readTeaching({ verdicts: nobody })).rejects.toMatchObject({
      code: "source-malformed",
      parts: { where: { row: 1 } },
    });
    const noModel = await written("no-model.json", ['{"version": 1, "types": {"film": {}}}']);
    await expect(readTeaching({ model: noModel })).rejects.toMatchObject({ code: "config-invalid" });
    await expect(readTeaching({ calibration: join(folder, "gone.json") })).rejects.toMatchObject({
      code: "source-missing",
    });
  });
});
