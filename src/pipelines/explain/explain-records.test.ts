import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostIn, linking, madeCatalogues, makeFolderOf } from "../fixtures/catalogues.ts";
import { openLinkage, type PublishedLinkage } from "../linkage/published-linkage.ts";
import { recordsOf } from "../linkage/result-files.ts";
import { runDecide, runLinkage } from "../linkage/run-linkage.ts";
import { explainRecords, linksOf, publishedRecords } from "./explain-records.ts";

/** Catalogues in which every tenth work of the first stands twice, so that pairs within a source are kept too. */
function withDuplicates(): Record<string, string> {
  const files = madeCatalogues(50);
  const rows = files["a.csv"].trimEnd().split("\n");
  const again = rows.filter((_, i) => i % 10 === 1).map((row) => `again-${row}`);
  return { ...files, "a.csv": `${[...rows, ...again].join("\n")}\n` };
}

describe("an explanation", () => {
  let folder = "";
  let published: PublishedLinkage;
  beforeAll(async () => {
    folder = await makeFolderOf(withDuplicates());
    const params = { ...linking(folder, "a.csv", "b.csv", "people.csv"), dedupe: true };
    published = await openLinkage((await runLinkage(params, hostIn(folder))).out);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const film = { source: "a", id: "l1" };
  const otherFilm = { source: "a", id: "l2" };
  const person = { source: "people", id: "p1" };

  test("adds up to the weight of the run for every kept pair, of films and of people, named in either order", async () => {
    const seen = new Set<string>();
    for (const type of ["film", "person"]) {
      for (const link of await linksOf(published, type)) {
        const [left, right] = recordsOf(link);
        const explained = await explainRecords(published, left, right);
        expect(explained.weight).toBeCloseTo(link.weight, 9);
        expect([explained.outcome, explained.reason]).toEqual([link.outcome, link.reason]);
        const sum = explained.steps.reduce((total, step) => total + step.weight, explained.priorWeight);
        expect(sum).toBeCloseTo(link.weight, 9);
        expect(explained.left).toMatchObject(left);
        expect(await explainRecords(published, right, left)).toEqual(explained);
        seen.add(`${type} ${link.outcome}${left.source === right.source ? " within a source" : ""}`);
      }
    }
    expect(seen).toEqual(
      new Set([...seen, "film match", "film rejected", "film match within a source", "person match"]),
    );
  });

  test("is refused for records of two types, and for one that is not there", async () => {
    await expect(explainRecords(published, film, person)).rejects.toMatchObject({ code: "argument-invalid" });
    const unknown = explainRecords(published, film, { source: "a", id: "?" });
    await expect(unknown).rejects.toMatchObject({ code: "not-found" });
  });

  test("of a folder whose files were changed or lost says which, and what to do", async () => {
    await cp(published.directory, join(folder, "copy"), { recursive: true });
    const copy = await openLinkage(join(folder, "copy"));
    const [batch] = copy.state.sources[0]?.batches ?? [];
    const path = copy.blobs.pathOf((batch as NonNullable<typeof batch>).table);
    const read = (): Promise<unknown> => publishedRecords(copy, [film]);
    expect(await read()).toHaveLength(1);
    await writeFile(path, "something else");
    await expect(read()).rejects.toThrow(/not those that were published.*Link again/);
    await rm(path);
    await expect(read()).rejects.toMatchObject({ code: "artifact-damaged" });
  });

  test("says who decided, where people did and the weight says otherwise", async () => {
    const { outcome, weight } = await explainRecords(published, film, otherFilm);
    expect(outcome).toBe("not kept");
    await runDecide(published.directory, [{ kind: "same", left: otherFilm, right: film }], hostIn(folder));
    const decided = await explainRecords(await openLinkage(published.directory), film, otherFilm);
    expect([decided.outcome, decided.reason]).toEqual(["match", "someone decided that these are the same"]);
    expect(decided.weight).toBe(weight);
  });
});
