import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostIn, linking, madeCatalogues, makeFolderOf } from "../fixtures/catalogues.ts";
import { evaluateLinkage } from "../evaluate/evaluate-linkage.ts";
import type { LinkageParams } from "../index.ts";
import { runDecide, runLinkage } from "../linkage/run-linkage.ts";
import { countLinkage } from "./count-linkage.ts";
import { diffExamples } from "./diff-examples.ts";
import { diffLinkages, type LinkageDiff } from "./diff-linkages.ts";
import { diffHeader, writeDiff } from "./write-diff.ts";

const { "a.csv": left, "b.csv": right } = madeCatalogues(80);
/** A film of both catalogues, and one that only the first has. */
const [shared, other] = right
  .split("\n")
  .filter((line) => /^r\d+,/.test(line))
  .map((line) => line.split(",")[0]?.slice(1));
const film = { source: "b", id: `r${shared}` };

describe("the difference of two linkages", () => {
  let folder = "";
  let count = 0;
  beforeAll(async () => {
    folder = await makeFolderOf({ "a.csv": left, "b.csv": right });
    await link("before", right);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function link(name: string, b: string, params: Partial<LinkageParams> = {}): Promise<string> {
    await writeFile(join(folder, "b.csv"), b);
    const out = join(folder, name);
    await runLinkage({ ...linking(folder, "a.csv", "b.csv"), ...params, out }, hostIn(folder));
    return out;
  }

  const differenceTo = async (b: string, params: Partial<LinkageParams> = {}): Promise<LinkageDiff> =>
    diffLinkages(join(folder, "before"), await link(`after-${count++}`, b, params));

  const causesOf = ({ causes }: LinkageDiff) => causes.map(({ cause }) => cause);

  test("of the same sources and settings is nothing", async () => {
    const found = await differenceTo(right);
    expect(found.pairs).toEqual({ same: found.before.matches, new: 0, lost: 0 });
    expect(found.pairs.same).toBeGreaterThan(30);
    expect(found.entities.filter(({ changes }) => changes > 0).map(({ change }) => change)).toEqual(["unchanged"]);
    expect([...found.pairDiffs(), ...found.entityDiffs()]).toEqual([]);
  });

  test("names a decision as the cause of a match that went and of the entity that it split", async () => {
    const out = await link(`after-${count++}`, right);
    const decision = { kind: "different", left: { source: "a", id: `l${shared}` }, right: film } as const;
    await runDecide(out, [decision], hostIn(folder));
    const found = await diffLinkages(join(folder, "before"), out);
    expect([...found.pairDiffs()]).toMatchObject([
      { change: "lost", left: decision.left, right: film, cause: { kind: "decision" }, before: { outcome: "match" } },
    ]);
    expect([...found.entityDiffs()]).toMatchObject([{ change: "split", cause: "decision" }]);
    const back = await diffLinkages(out, join(folder, "before"));
    expect([...back.entityDiffs()]).toMatchObject([{ change: "merged", cause: "decision" }]);
    expect([...back.pairDiffs()][0]?.cause.detail).toContain("took back");
  });

  test("names the record that is gone, and the fields that a source changed, with both values", async () => {
    const rows = right.split("\n").filter((line) => !line.startsWith(`r${other},`));
    const changed = rows.map((line) =>
      line.startsWith(`${film.id},`) ? `${film.id},Elsewhere Entirely,1907,Zeno Quist,movie` : line,
    );
    const found = await differenceTo(changed.join("\n"));
    expect(found.records).toEqual({ both: found.before.records - 1, new: 0, lost: 1 });
    const diffs = [...found.pairDiffs()];
    expect(diffs.find(({ right: { id } }) => id === `r${other}`)?.cause.kind).toBe("record");
    const value = diffs.find(({ right: { id } }) => id === film.id);
    expect(value).toMatchObject({ cause: { kind: "value" } });
    expect(value?.changedFields).toEqual(expect.arrayContaining(["directors", "title"]));
    expect(found.entities.find(({ change }) => change === "shrunk")?.causes).toEqual({ record: 1 });
    const examples = await diffExamples(found, 1);
    const example = examples.find(({ pair }) => pair.cause.kind === "value");
    expect(example?.before[1]?.values.title).not.toBe(example?.after[1]?.values.title);
    expect(examples.find(({ pair }) => pair.cause.kind === "record")?.after[1]).toBeNull();
  });

  test("names the threshold, and its parts add up to the weight on either side", async () => {
    const found = await differenceTo(right, { threshold: 0.999_999 });
    expect(causesOf(found)).toEqual(["threshold"]);
    expect(found.pairs.lost).toBeGreaterThan(0);
    for (const { parts, before, after } of found.pairDiffs()) {
      expect(parts.reduce((sum, part) => sum + (part.before?.weight ?? 0), 0)).toBeCloseTo(before.weight ?? 0, 6);
      expect(parts.reduce((sum, part) => sum + (part.after?.weight ?? 0), 0)).toBeCloseTo(after.weight ?? 0, 6);
    }
  });

  test("names a rule that is gone, and is honest where it did not look", async () => {
    const rules = [{ name: "same year", keys: [{ field: "year", maker: "year" as const }] }];
    const none = [{ name: "same director", keys: [{ field: "directors", maker: "leadingPersons" as const }] }];
    const [before, after] = [
      await link(`after-${count++}`, right, { linkage: { film: { rules } } }),
      await link(`after-${count++}`, right.replaceAll(/(Ada|Bela|Carla) (\w+)/g, "$1 X$2"), {
        linkage: { film: { rules: none } },
      }),
    ];
    const found = await diffLinkages(before, after);
    expect(causesOf(found)).toContain("value");
    const blind = await diffLinkages(before, after, { lookedIntoMax: 0 });
    expect(causesOf(blind)).toContain("unread");
    expect(blind.pairs).toEqual(found.pairs);
  });

  test("is written whole as CSV and as JSON Lines, and refused under another ending", async () => {
    const found = await differenceTo(right, { threshold: 0.999_999 });
    const [csv, jsonl] = [join(folder, "d.csv"), join(folder, "d.jsonl")];
    await writeDiff(found, csv);
    await writeDiff(found, jsonl);
    const rows: Record<string, string>[] = parse(await readFile(csv, "utf8"), { columns: true });
    const lines = (await readFile(jsonl, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(Object.keys(rows[0] ?? {})).toEqual(diffHeader);
    expect(rows.map(({ kind, change }) => [kind, change])).toEqual(lines.map(({ kind, change }) => [kind, change]));
    expect(lines).toHaveLength([...found.pairDiffs()].length + [...found.entityDiffs()].length);
    await expect(writeDiff(found, join(folder, "d.txt"))).rejects.toMatchObject({ code: "argument-invalid" });
  });

  test("and the evaluation are the same where no graph was built", async () => {
    const out = await link(`after-${count++}`, right, { graph: false });
    const found = await diffLinkages(join(folder, "before"), out);
    expect(found.before).toEqual({ ...found.after, directory: found.before.directory, run: found.before.run });
    expect([...found.pairDiffs(), ...found.entityDiffs()]).toEqual([]);
    const truth = join(folder, "truth.csv");
    const pairs = right.match(/^r\d+/gm)?.map((id) => `a,l${id.slice(1)},b,${id}\n`) ?? [];
    await writeFile(truth, `left_source,left_id,right_source,right_id\n${pairs.join("")}`);
    const [with_, without] = [await evaluateLinkage(join(folder, "before"), truth), await evaluateLinkage(out, truth)];
    expect(with_.pairs.truePositives).toBeGreaterThan(30);
    expect(without).toEqual(with_);
  });

  test("has for each side the counts that the side has alone", async () => {
    const out = await link(`after-${count++}`, right, { threshold: 0.999_999 });
    const { before, after } = await diffLinkages(join(folder, "before"), out);
    expect([await countLinkage(before.directory), await countLinkage(out)]).toEqual([before, after]);
    expect(after.matches).toBeLessThan(before.matches);
  });

  test("with a folder that kindred did not write is refused", async () => {
    await expect(diffLinkages(join(folder, "before"), folder)).rejects.toMatchObject({ code: "not-found" });
  });
});
