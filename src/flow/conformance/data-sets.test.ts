import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { makeProductionToken, tokenHash } from "../index.ts";
import type { HostUnderTest } from "./fixtures/host-under-test.ts";
import { localHost, temporalHost } from "./fixtures/hosts-under-test.ts";

const mine = { namespace: "user.ada", project: "shop" } as const;

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindred-data-sets-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The published versions of a namespace, newest first. */
function versionsOf(host: HostUnderTest, project: string, namespace: string) {
  return host.dataSets(({ store }) => store.versions({ project, namespace, name: "films" }));
}

describe.each([localHost(), temporalHost()])("data sets of runs on $name", (host) => {
  beforeAll(() => host.open());
  afterAll(() => host.close());

  test("a run publishes what it made when it is done, as files that any machine has, and later runs read copies of them", async () => {
    const place = { ...mine, project: "read" };
    const first = await host.start("catalogue", { titles: ["Mother", "Knives Out"] }, place);
    expect(first.artifact).toBeNull();
    const [version] = await versionsOf(host, "read", mine.namespace);
    expect(version).toMatchObject({ version: 1, run: first.run, isHead: true });
    const copy = temporary();
    await host.dataSets(async (dataSets) => {
      if (version !== undefined) await dataSets.checkOut(await dataSets.manifest(version.manifest), copy);
    });
    expect(readFileSync(join(copy, "count"), "utf8")).toBe("2");
    const read = { version: 1, namespace: mine.namespace, titles: ["Knives Out", "Mother"] };
    expect((await host.start("catalogue", { titles: [] }, place)).artifact).toEqual(read);
    expect((await host.start("catalogue", { titles: [] }, place)).artifact).toMatchObject({ version: 2, titles: [] });
  });

  test("a run sees what was published when it was made, whatever is published while it runs", async () => {
    const place = { ...mine, project: "pinned" };
    await host.start("catalogue", { titles: ["Mother"] }, place);
    const folder = temporary();
    const slow = host.start("catalogue", { folder, waits: true, titles: ["slow"] }, place);
    await expect.poll(async () => (await host.latest()).status, { timeout: 20_000 }).toBe("running");
    await host.start("catalogue", { titles: ["Alien"] }, place);
    writeFileSync(join(folder, "fixed"), "");
    expect((await slow).artifact).toMatchObject({ version: 1, titles: ["Mother"] });
    const last = await host.start("catalogue", { titles: [] }, place);
    expect(last.artifact).toMatchObject({ version: 3, titles: ["slow"] });
  });

  test("a run that fails publishes nothing of what it made, until it is resumed and done", async () => {
    const folder = temporary();
    const place = { ...mine, project: "failing" };
    await expect(host.start("catalogue", { folder, titles: ["Mother"], fails: true }, place)).rejects.toMatchObject({
      code: "run-failed",
    });
    expect(await versionsOf(host, "failing", mine.namespace)).toEqual([]);
    writeFileSync(join(folder, "fixed"), "");
    const { run } = await host.latest();
    await host.resume(run);
    expect(await versionsOf(host, "failing", mine.namespace)).toMatchObject([{ version: 1, run }]);
  });

  test("a run that cannot publish what its tasks made is not left running, and says why", async () => {
    const place = { ...mine, project: "twice" };
    const error = { code: "config-invalid", message: expect.stringContaining('two tasks made the data set "films"') };
    await expect(host.start("catalogue", { titles: [], twice: true }, place)).rejects.toMatchObject(error);
    expect(await host.latest()).toMatchObject({ status: "interrupted", endedMs: expect.any(Number), error });
    expect(await versionsOf(host, "twice", mine.namespace)).toEqual([]);
  });

  test("a run on a branch is promoted, which all see from then on, and rolled back", async () => {
    const project = "promoted";
    const [token, by] = [makeProductionToken(), "ada"];
    const right = { project, token, by };
    const onBranch = { namespace: "test.hats", branch: "hats", project };
    const { run } = await host.start("catalogue", { titles: ["Mother"] }, onBranch);
    const second = await host.start("catalogue", { titles: ["Alien"] }, onBranch);
    expect(await versionsOf(host, project, "prod")).toEqual([]);
    await host.dataSets(async ({ store }) => {
      await store.addToken({ ...right, token: undefined }, tokenHash(token));
      const promotion = (expected: number | null) => [{ name: "films", expected, detail: null }];
      await expect(store.promote({ ...right, token: undefined, run, dataSets: promotion(null) })).rejects.toMatchObject(
        { code: "refused" },
      );
      await store.promote({ ...right, run, dataSets: promotion(null) });
      await store.promote({ ...right, run: second.run, dataSets: promotion(1) });
    });
    const seen = async (user: string) =>
      (await host.start("catalogue", { titles: ["another"] }, { namespace: `user.${user}`, project })).artifact;
    expect(await seen("bo")).toEqual({ version: 2, namespace: "prod", titles: ["Alien"] });
    await host.dataSets(({ store }) =>
      store.rollback({ ...right, name: "films", expected: 2, to: null, detail: null }),
    );
    expect(await seen("cy")).toMatchObject({ namespace: "prod", titles: ["Mother"] });
  });
});
