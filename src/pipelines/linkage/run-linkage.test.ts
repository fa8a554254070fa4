import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { type EntityView, entityView, findEntity, openGraph } from "../../graph/index.ts";
import { hostIn, inFolderOf, linking, madeCatalogues } from "../fixtures/catalogues.ts";
import { openLinkage } from "./published-linkage.ts";
import { runDecide, runLinkage, runPlan } from "./run-linkage.ts";

const rowsOf = async (folder: string, file: string): Promise<Record<string, string>[]> =>
  parse(await readFile(join(folder, "out", file), "utf8"), { columns: true });

/** The records of each entity, as `source/id` in order. */
async function entitiesOf(folder: string): Promise<string[][]> {
  const rows = await rowsOf(folder, "entities.csv");
  const groups = Map.groupBy(rows, (row) => row.entity_id as string);
  return [...groups.values()].map((members) => members.map(({ source, id }) => `${source}/${id}`).sort()).sort();
}

async function viewOf(folder: string, record: string): Promise<EntityView> {
  const graph = await openGraph(join(folder, "out/graph"));
  try {
    return entityView(graph, findEntity(graph, record));
  } finally {
    graph.close();
  }
}

describe("linking two catalogues of films and one of people", () => {
  test("joins what is the same, keeps levels apart, makes persons of names, and tells what a text says", async () => {
    await inFolderOf({ ...madeCatalogues(120) }, async (folder) => {
      const params = { ...linking(folder, "a.csv", "b.csv", "people.csv"), documents: [join(folder, "text.md")] };
      const result = await runLinkage(params, hostIn(folder));
      const matches = await rowsOf(folder, "matches.csv");
      expect(matches.length).toBe(result.counts.matches);
      // r7 is the film l7: what the catalogues were made of decides, and never what was found.
      expect(matches.filter((row) => row.left_id?.slice(1) !== row.right_id?.slice(1))).toEqual([]);
      expect(matches.length).toBeGreaterThan(70);

      const entities = await entitiesOf(folder);
      expect(entities.flat().length).toBe(new Set(entities.flat()).size);
      const kindOf = (record: string): string => (Number(/\d+$/.exec(record)?.[0]) % 4 === 0 ? "series" : "film");
      for (const members of entities.filter(([first]) => !first?.startsWith("people")))
        expect(new Set(members.map(kindOf)).size).toBe(1);

      const [, title] = /^l3,"(.*?)"/m.exec(madeCatalogues(120)["a.csv"]) as unknown as [string, string];
      const told = await viewOf(folder, "a:l2").then(({ claims }) =>
        claims.find((claim) => claim.relation === "sequel_of"),
      );
      expect(told?.object).toMatchObject({ kind: "entity", entity: { label: title } });
      const [origin] = told?.provenance ?? [];
      expect(origin).toMatchObject({ kind: "document", quote: expect.stringContaining("is a sequel to") });

      // The people whom works name are persons of the graph, one with those of the catalogue of people.
      const [id, name] = (await readFile(join(folder, "people.csv"), "utf8")).split("\n")[1]?.split(",") ?? [];
      const person = await viewOf(folder, `people:${id}`);
      expect(person).toMatchObject({ type: "person", label: name });
      expect(person.members.map((member) => member.source)).toEqual(expect.arrayContaining(["people", "a/people"]));
      expect(person.neighbours.map((group) => group.relation)).toContain("directed");
      // They live in the graph; the files hold records of the declared sources only.
      const sources = (await rowsOf(folder, "entities.csv")).map((member) => member.source);
      expect(new Set(sources)).toEqual(new Set(["a", "b", "people"]));
    });
  });

  test("gives the same bytes whatever the count of shards, workers and threads", async () => {
    const bytes = (shards: number, workers: number, threads = 1): Promise<string[]> =>
      inFolderOf({ ...madeCatalogues(90) }, async (folder) => {
        await runLinkage({ ...linking(folder, "a.csv", "b.csv"), shards, threads }, { ...hostIn(folder), workers });
        const files = ["matches.csv", "entities.csv", "review.csv", "outcomes.csv", "model.json"];
        return Promise.all(files.map((file) => readFile(join(folder, "out", file), "utf8")));
      });
    const whole = await bytes(1, 2);
    expect(await bytes(13, 1)).toEqual(whole);
    expect(await bytes(3, 2, 2)).toEqual(whole);
  });
});

describe("linking without a graph", () => {
  test("names every entity as the graph would, and matches the same", async () => {
    await inFolderOf({ ...madeCatalogues(90) }, async (folder) => {
      const files = ["matches.csv", "entities.csv", "review.csv", "outcomes.csv", "model.json"];
      const link = async (graph: boolean): Promise<string[]> => {
        await runLinkage({ ...linking(folder, "a.csv", "b.csv", "people.csv"), graph }, hostIn(folder));
        return Promise.all(files.map((file) => readFile(join(folder, "out", file), "utf8")));
      };
      expect(await link(false)).toEqual(await link(true));
      const documents = [join(folder, "text.md")];
      const both = runLinkage({ ...linking(folder, "a.csv"), graph: false, documents }, hostIn(folder));
      await expect(both).rejects.toMatchObject({ code: "argument-invalid" });
    });
  });
});

describe("deciding about a published linkage", () => {
  test("takes apart and joins, asks no more about it, tells what it cannot keep, and restores all", async () => {
    await inFolderOf({ ...madeCatalogues(60) }, async (folder) => {
      const host = hostIn(folder);
      const { out } = await runLinkage(linking(folder, "a.csv", "b.csv"), host);
      const before = await readFile(join(out, "entities.csv"), "utf8");
      const [match] = await rowsOf(folder, "matches.csv");
      const record = (source: string, id: string | undefined) => ({ source, id: id as string });
      const apart = {
        kind: "different" as const,
        left: record("a", match?.left_id),
        right: record("b", match?.right_id),
      };
      const joined = { kind: "same" as const, left: record("a", "l1"), right: record("a", "l2") };
      const nowhere = { kind: "same" as const, left: record("a", "l1"), right: record("b", "nobody") };

      const decided = await runDecide(out, [apart, joined, nowhere], host);
      expect(decided.refusedDecisions).toEqual([nowhere]);
      const entities = await entitiesOf(folder);
      const together = (x: string, y: string): boolean =>
        entities.some((members) => members.includes(x) && members.includes(y));
      expect(together(`a/${match?.left_id}`, `b/${match?.right_id}`)).toBe(false);
      expect(together("a/l1", "a/l2")).toBe(true);
      const asked = (await rowsOf(folder, "review.csv")).map((row) => `${row.left_id} ${row.right_id}`);
      expect(asked).not.toContain(`${match?.left_id} ${match?.right_id}`);

      const told = await rowsOf(folder, "outcomes.csv");
      expect(told.map((row) => `${row.entity_id} ${row.source} ${row.id}`)).toEqual(
        (await rowsOf(folder, "entities.csv")).map((row) => `${row.entity_id} ${row.source} ${row.id}`),
      );
      const size = Map.groupBy(told, (row) => row.entity_id);
      for (const row of told) expect(row.outcome === "match").toBe((size.get(row.entity_id)?.length ?? 0) > 1);
      expect(decided.counts.outcomes.match).toBe(told.filter((row) => row.outcome === "match").length);

      await runDecide(out, [], host);
      expect(await readFile(join(out, "entities.csv"), "utf8")).toBe(before);
    });
  });
});

describe("planning", () => {
  test("counts pairs by rule and publishes nothing", async () => {
    await inFolderOf({ ...madeCatalogues(40) }, async (folder) => {
      const plan = await runPlan(linking(folder, "a.csv", "b.csv"), hostIn(folder));
      const films = plan.types.find((type) => type.entityType === "film");
      expect(films?.plan.pairsByRule.some((rule) => rule.pairs > 0)).toBe(true);
      expect(plan.sources.map((source) => source.source)).toEqual(["a", "b"]);
      await expect(access(join(folder, "out"))).rejects.toThrow("ENOENT");
      expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
    });
  });

  test("foretells recall, time and memory, and weighs other rules where asked, which a linkage takes as they are", async () => {
    await inFolderOf({ ...madeCatalogues(60) }, async (folder) => {
      const asked = { ...linking(folder, "a.csv", "b.csv"), suggest: true };
      const films = (await runPlan(asked, hostIn(folder))).types.find((type) => type.entityType === "film");
      const { recordCount, preview } = films as NonNullable<typeof films>;
      expect(preview.records).toBe(recordCount);
      expect(preview.recall.matches).toBeGreaterThan(20);
      expect(preview.shardBytesMax).toBeGreaterThan(1_000);
      expect(preview.secondsPerThousand.records).toBeGreaterThan(0);
      const chosen = preview.suggested?.filter((one) => one.chosen !== null) ?? [];
      expect(chosen.length).toBeGreaterThan(0);
      const linkage = { film: { rules: chosen.map(({ rule }) => rule) } };
      const again = await runPlan({ ...linking(folder, "a.csv", "b.csv"), linkage }, hostIn(folder));
      const type = again.types.find((one) => one.entityType === "film");
      expect(type?.preview.suggested).toBeNull();
      expect(type?.plan.pairsByRule).toEqual(chosen.map(({ rule, pairs }) => ({ rule: rule.name, pairs })));
    });
  });

  test("refuses settings of an entity type that no source is of", async () => {
    await inFolderOf({ ...madeCatalogues(10) }, async (folder) => {
      const linkage = { flim: { threshold: 0.9 } };
      const planned = runPlan({ ...linking(folder, "a.csv", "b.csv"), linkage }, hostIn(folder));
      await expect(planned).rejects.toThrow(/"flim".*film/);
    });
  });
});

describe("a published folder", () => {
  test("whose index is torn, or gone, is told apart from one that never was", async () => {
    await inFolderOf(
      { "torn/detail/index.json": '{"version":', "old/detail/index.json": '{"version":1}' },
      async (folder) => {
        for (const name of ["torn", "old"])
          await expect(openLinkage(join(folder, name))).rejects.toMatchObject({ code: "artifact-damaged" });
        await expect(openLinkage(join(folder, "none"))).rejects.toMatchObject({ code: "not-found" });
      },
    );
  });
});
