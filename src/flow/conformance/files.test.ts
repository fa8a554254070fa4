import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { localHost, temporalHost } from "./fixtures/hosts-under-test.ts";

/** Catalogues and documents, and the params that name them. */
function madeFiles() {
  const folder = mkdtempSync(join(tmpdir(), "kindred-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "documents", "deep"), { recursive: true });
  writeFileSync(join(folder, "films.csv"), "id,title\n1,Mother\n");
  writeFileSync(join(folder, "same.csv"), "id,title\n1,Mother\n");
  writeFileSync(join(folder, "more.csv.gz"), "not really");
  writeFileSync(join(folder, "documents", "a.md"), "# A");
  writeFileSync(join(folder, "documents", "deep", "b.md"), "# B");
  const params = {
    films: join(folder, "films.csv"),
    catalogues: ["same.csv", "more.csv.gz"].map((name) => ({ path: join(folder, name) })),
    documents: join(folder, "documents"),
    glob: join(folder, "*.csv"),
  };
  return { folder, params };
}

/** What the flow comes to, whichever host runs it. */
function expectedOf({ catalogues }: ReturnType<typeof madeFiles>["params"]) {
  const films = "id,title\n1,Mother\n";
  return {
    read: [
      { path: catalogues[0]?.path, name: "same.csv", text: films },
      { path: catalogues[1]?.path, name: "more.csv.gz", text: "not really" },
    ],
    films,
    documents: ["# A", "deep", "# B"],
    glob: [
      ["films.csv", films],
      ["same.csv", films],
    ],
    again: "b.md",
  };
}

describe.each([localHost(), temporalHost()])("files of runs on $name", (host) => {
  beforeAll(() => host.open());
  afterAll(() => host.close());

  test("a file, several, a folder and a glob that params name are read under their own names, and artifacts name them as the params do", async () => {
    const { params } = madeFiles();
    expect((await host.start("files", params)).artifact).toMatchObject(expectedOf(params));
  });

  test("a path where there is nothing fails the task that reads it", async () => {
    const { params, folder } = madeFiles();
    const missing = host.start("files", { ...params, films: join(folder, "nothing.csv") });
    await expect(missing).rejects.toThrow(/nothing\.csv/);
  });

  test("a task is run again with the files of its run, from any machine that has them or the store", async () => {
    const { params } = madeFiles();
    const { run } = await host.start("files", params);
    const { result } = await host.rerun({ run, step: "read", key: params.catalogues[0]?.path ?? "" });
    expect(result).toMatchObject({ status: "done", isSame: true });
  });
});

describe("files of runs on a cluster", () => {
  const host = temporalHost();
  beforeAll(() => host.open());
  afterAll(() => host.close());

  test("are those of when the run was made, in the caches of its workers, although they are gone where it was started", async () => {
    const { params, folder } = madeFiles();
    const until = join(mkdtempSync(join(tmpdir(), "kindred-until-")), "go");
    const running = host.start("files", { ...params, until });
    await expect.poll(async () => (await host.latest()).status, { timeout: 30_000 }).toBe("running");
    rmSync(folder, { recursive: true });
    writeFileSync(until, "");
    const { artifact } = await running;
    expect(artifact).toMatchObject(expectedOf(params));
    const { places } = artifact as { readonly places: readonly string[] };
    for (const place of places)
      expect(place).toMatch(/kindred-worker-[^/]+\/\.kindred\/blob-copies\/inputs\/[0-9a-f]{64}/);
  });
});
