import { existsSync, lutimesSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BlobRef } from "../blob.ts";
import type { CollectableStore } from "../store/artifact-store.ts";
import type { CollectionStore, RunFacts } from "../store/collection-store.ts";
import type { MetadataStore } from "../store/metadata-store.ts";
import { collect } from "./collect.ts";
import { project, token, World } from "./fixtures/world.ts";
import { defaultRetention } from "./retention.ts";

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;
const right = { project, token, by: "ada" };

async function promote(world: World, run: string): Promise<void> {
  const versions = await world.metadata.dataSets.versions({ project, namespace: "prod" });
  const expected = versions.find(({ isHead }) => isHead)?.version ?? null;
  await world.metadata.dataSets.promote({ ...right, run, dataSets: [{ name: "matches", expected, detail: null }] });
}

/** A blob of a made world: what it names, and whether it was put lately. */
const blobSketch = fc.record({
  names: fc.array(fc.nat(20), { maxLength: 3 }),
  form: fc.constantFrom("list", "lines", "text"),
  isYoung: fc.boolean(),
});

const runSketch = fc.record({
  flow: fc.constantFrom("link", "report"),
  namespace: fc.constantFrom("user.bo", "test.hats"),
  status: fc.constantFrom("done", "done", "failed", "running"),
  days: fc.nat(60),
  isTagged: fc.nat(9).map((n) => n === 0),
  names: fc.array(fc.nat(20), { maxLength: 3 }),
  dataSet: fc.option(fc.array(fc.nat(20), { maxLength: 2 })),
  isPromoted: fc.nat(2).map((n) => n === 0),
});

type BlobSketch = typeof blobSketch extends fc.Arbitrary<infer T> ? T : never;
type RunSketch = typeof runSketch extends fc.Arbitrary<infer T> ? T : never;

interface Blobs {
  readonly refs: readonly BlobRef[];
  /** What each names. */
  readonly named: Map<string, readonly string[]>;
}

/** Blobs of which each names some before it; of text names nothing is known. */
async function makeBlobs(world: World, sketches: readonly BlobSketch[]): Promise<Blobs> {
  const refs: BlobRef[] = [];
  const named = new Map<string, readonly string[]>();
  for (const [i, { names, form, isYoung }] of sketches.entries()) {
    const others = i === 0 ? [] : names.map((n) => refs[n % i] as BlobRef);
    const json = form === "list" ? JSON.stringify({ i, others }) : others.map((ref) => JSON.stringify(ref)).join("\n");
    const content = form === "text" ? `film ${i}: ${json}` : form === "lines" ? `{"i":${i}}\n${json}` : json;
    const ref = await world.blob(content, isYoung ? 0 : 2 * hourMs);
    refs.push(ref);
    named.set(ref.blob, form === "text" ? [] : others.map(({ blob }) => blob));
  }
  return { refs, named };
}

function reached(roots: Iterable<string>, named: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const waiting = [...roots];
  for (let blob = waiting.pop(); blob !== undefined; blob = waiting.pop()) {
    if (found.has(blob)) continue;
    found.add(blob);
    waiting.push(...(named.get(blob) ?? []));
  }
  return found;
}

/** Runs that name those blobs, and what the test knows they name. */
async function makeRuns(world: World, sketches: readonly RunSketch[], { refs, named }: Blobs) {
  const at = (n: number): BlobRef => refs[n % refs.length] as BlobRef;
  const rootsOf = new Map<string, readonly string[]>();
  for (const [i, sketch] of sketches.toSorted((a, b) => b.days - a.days).entries()) {
    const { flow, namespace, status, names, isPromoted } = sketch;
    const files = sketch.dataSet?.map((n) => ({ path: `${n}`, ...at(n) }));
    const manifest = files && (await world.blob({ version: 1, kind: "files", files, i }));
    if (manifest)
      named.set(
        manifest.blob,
        files.map(({ blob }) => blob),
      );
    const run = await world.run({
      ...{ flow, namespace, status, names: names.map(at), tags: sketch.isTagged ? ["keep"] : [] },
      endedMs: world.nowMs - sketch.days * dayMs,
      ...(manifest ? { dataSet: manifest } : {}),
    });
    const pins = (await world.metadata.readHead(run)).dataSets.map((version) => version.manifest.blob);
    rootsOf.set(run, [...names.map((n) => at(n).blob), ...(manifest ? [manifest.blob] : []), ...pins]);
    if (manifest && isPromoted && status === "done") await promote(world, run);
  }
  return rootsOf;
}

/** Of those that there were just the runs are left that the rules name. */
async function assertRows(world: World, before: readonly RunFacts[]): Promise<void> {
  const left = new Set((await world.metadata.collection.runs()).map(({ run }) => run));
  const versions = await world.metadata.dataSets.versions({ namespace: "prod" });
  const inProduction = new Set(versions.map(({ run }) => run));
  const done = before.filter(({ status }) => status === "done");
  const lines = Object.groupBy(done, ({ flow, namespace }) => `${flow} ${namespace}`);
  const newest = new Set(Object.values(lines).map((list) => list?.[0]?.run));
  for (const { run, status, tags, endedMs } of before) {
    const isYoung = world.nowMs - endedMs < 30 * dayMs;
    const isNeeded =
      status === "running" || tags.includes("keep") || isYoung || inProduction.has(run) || newest.has(run);
    expect([run, left.has(run)]).toEqual([run, isNeeded]);
  }
}

const worldSketch = fc.record({
  blobs: fc.array(blobSketch, { minLength: 1, maxLength: 20 }),
  runs: fc.array(runSketch, { maxLength: 10 }),
  productionVersions: fc.option(fc.integer({ min: 2, max: 3 })),
});

test("removes nothing that anything left reaches, and everything old that nothing reaches, as a dry run says", async () => {
  await fc.assert(
    fc.asyncProperty(worldSketch, async ({ blobs: blobSketches, runs: runSketches, productionVersions }) => {
      const world = await World.make();
      const blobs = await makeBlobs(world, blobSketches);
      const rootsOf = await makeRuns(world, runSketches, blobs);
      const retention = { ...defaultRetention, productionVersions };
      const before = { runs: await world.metadata.collection.runs(), blobs: await world.held() };
      const dry = await collect(world.parts({ retention, isDry: true }));
      expect(await world.held()).toEqual(before.blobs);
      const report = await collect(world.parts({ retention }));
      expect({ ...report, isDry: true }).toEqual(dry);
      await assertRows(world, before.runs);
      const roots = (await world.metadata.collection.runs()).flatMap(({ run }) => rootsOf.get(run) ?? []);
      const versions = await world.metadata.dataSets.versions({});
      const all = reached([...roots, ...versions.map(({ manifest }) => manifest.blob)], blobs.named);
      const young = new Set(blobs.refs.filter((_, i) => blobSketches[i]?.isYoung).map(({ blob }) => blob));
      const held = await world.held();
      for (const blob of before.blobs) expect([blob, held.has(blob)]).toEqual([blob, all.has(blob) || young.has(blob)]);
      const again = await collect(world.parts({ retention }));
      expect(again.collected.every(({ count }) => count === 0)).toBe(true);
      await world.remove();
    }),
    { seed: 20261126, numRuns: 60 },
  );
}, 120_000);

/** The same object, each call of which may end the process: here by an error that nothing catches up with. */
function mortal<T extends object>(object: T, beforeCall: () => void): T {
  return new Proxy(object, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        beforeCall();
        return (value as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

/** Two versions of production, runs of a branch between them that go, and one that failed and may be resumed. */
async function busyWorld() {
  const world = await World.make();
  const days = (count: number): number => world.nowMs - count * dayMs;
  const film = (name: string) => world.blob({ film: name, words: name.repeat(20) });
  const made = async (name: string, endedMs: number) => {
    const files = [{ path: "films.json", ...(await film(name)) }];
    const dataSet = await world.blob({ version: 1, kind: "files", files });
    return world.run({ namespace: "test.hats", endedMs, dataSet, names: [await film(`${name} result`)] });
  };
  await promote(world, await made("first", days(90)));
  for (const name of ["second", "third", "fourth"]) await made(name, days(80));
  await promote(world, await made("fifth", days(70)));
  const kept = [await film("kept"), await world.blob([await film("within kept")])];
  const failed = await world.run({ status: "failed", endedMs: days(2), names: kept });
  for (let i = 0; i < 5; i++) await film(`left ${i}`);
  return { world, failed };
}

/** What somebody can still do in it. */
async function assertWhole(world: World, failed: string): Promise<void> {
  const { metadata, artifacts } = world;
  for (const version of await metadata.dataSets.versions({})) {
    const manifest = JSON.parse(Buffer.from(await artifacts.get(version.manifest)).toString());
    for (const file of manifest.files) await artifacts.get(file);
  }
  const { artifact } = await metadata.readTask(failed, "plan", "plan");
  const { first, others } = JSON.parse((artifact as { inline: string }).inline);
  await artifacts.get(first);
  const held = await world.held();
  expect(others.every((blob: string) => held.has(blob))).toBe(true);
}

test("ended between any two of its steps, a collection leaves all that is needed, and the next one finishes it", async () => {
  const { world: whole } = await busyWorld();
  let calls = 0;
  const count = (): void => {
    calls += 1;
  };
  const through = (world: World, beforeCall: () => void) => {
    const artifacts: CollectableStore = mortal(world.artifacts, beforeCall);
    const collection: CollectionStore = mortal(world.metadata.collection, beforeCall);
    const metadata = mortal<MetadataStore>(world.metadata, () => {});
    const withCollection = new Proxy(metadata, {
      get: (target, name) => (name === "collection" ? collection : Reflect.get(target, name)),
    });
    return world.parts({ artifacts, metadata: withCollection });
  };
  const expected = await collect(through(whole, count));
  expect(expected.runs).toHaveLength(3);
  expect(calls).toBeGreaterThan(15);
  const left = { runs: (await whole.metadata.collection.runs()).map(({ run }) => run), blobs: await whole.held() };
  for (let end = 1; end <= calls; end++) {
    const { world, failed } = await busyWorld();
    let at = 0;
    const dying = collect(
      through(world, () => {
        at += 1;
        if (at >= end) throw new Error("killed");
      }),
    );
    await expect(dying).rejects.toThrow("killed");
    await assertWhole(world, failed);
    // What died renews no lease.
    world.nowMs += 121_000;
    await collect(world.parts());
    await assertWhole(world, failed);
    expect((await world.metadata.collection.runs()).map(({ run }) => run)).toEqual(left.runs);
    expect(await world.held()).toEqual(left.blobs);
    const rollback = { ...right, name: "matches", expected: 2, to: null, detail: null };
    expect(await world.metadata.dataSets.rollback(rollback)).toMatchObject({ version: 1 });
    const lease = await world.metadata.claimRun(failed, {
      owner: "again",
      holder: { kind: "workflow", workflowId: "w" },
    });
    expect(lease?.run).toBe(failed);
  }
}, 120_000);

/** Leaves a file of five bytes in the home, of that age as the folders that it is in. */
function leave(world: World, path: string, ageMs: number): void {
  mkdirSync(join(world.home, path, ".."), { recursive: true });
  writeFileSync(join(world.home, path), "12345");
  const at = (world.nowMs - ageMs) / 1_000;
  for (let each = path; each !== "."; each = join(each, "..")) utimesSync(join(world.home, each), at, at);
}

describe("what a collection minds", () => {
  test("a blob that an attempt under way may have put stays, however long ago, and goes when the run is over", async () => {
    const world = await World.make();
    const run = await world.run({ status: "running", endedMs: world.nowMs });
    const lease = { run, owner: "owner-1" };
    await world.metadata.beginAttempt(lease, { step: "plan", index: 1, key: "second", workerPid: 1 });
    await world.blob("put long before it began");
    world.nowMs += 5 * hourMs;
    await world.metadata.renewLease(lease);
    await collect(world.parts());
    expect(await world.held()).toEqual(new Set());
    await world.blob("put after the attempt began", -1 * hourMs);
    await collect(world.parts());
    expect((await world.held()).size).toBe(1);
    await world.metadata.endRun(lease, "done", null);
    await collect(world.parts());
    expect(await world.held()).toEqual(new Set());
  });

  test("an artifact that cannot be read stops the sweep: what it named is not known", async () => {
    const world = await World.make();
    const inner = await world.blob("a film");
    const outer = await world.blob({ inner, more: "x".repeat(100) });
    await world.run({ endedMs: world.nowMs, names: [outer] });
    await world.blob("nobody's");
    writeFileSync(world.pathOf(outer), `{"changed": "${"y".repeat(200)}"}`);
    await expect(collect(world.parts())).rejects.toMatchObject({ code: "artifact-damaged" });
    expect((await world.held()).size).toBe(3);
    await world.metadata.collection.begin({ owner: "next", pid: process.pid, hostName: "here" });
  });

  test("a store that another metadata names blobs of is left alone, with the name of that one", async () => {
    const world = await World.make();
    await world.blob("nobody's");
    await world.artifacts.addOwner(await world.metadata.collection.identity(), "here");
    await world.artifacts.addOwner("another", "postgres://db.example/kindred");
    const refused = { code: "refused", message: expect.stringContaining("postgres://db.example/kindred") };
    await expect(collect(world.parts())).rejects.toMatchObject(refused);
    await expect(collect(world.parts({ isDry: true }))).rejects.toMatchObject(refused);
    expect((await world.held()).size).toBe(1);
  });

  test("another project's runs stay, and what they name", async () => {
    const world = await World.make();
    const names = [await world.blob("a film")];
    const old = await world.run({ endedMs: world.nowMs - 90 * dayMs, names });
    await world.run({ endedMs: world.nowMs - 80 * dayMs });
    const other = await collect(world.parts({ project: "books" }));
    expect([other.runs, other.kept[0]]).toMatchObject([[], { kind: "runs", why: "other-project", count: 2 }]);
    expect((await collect(world.parts({ project }))).runs.map(({ run }) => run)).toEqual([old]);
    expect(await world.held()).toEqual(new Set());
  });

  test("logs of runs that are gone go, and what workers that died left; what is used stays", async () => {
    const world = await World.make();
    const old = await world.run({ endedMs: world.nowMs - 90 * dayMs });
    const live = await world.run({ status: "running", endedMs: world.nowMs });
    const done = await world.run({ endedMs: world.nowMs - 80 * dayMs });
    for (const run of [old, live, done]) world.log(run, world.nowMs - 80 * dayMs);
    const file = (path: string, ageMs: number): void => leave(world, path, ageMs);
    const [shelf, name] = ["ab", "c".repeat(62)];
    file(`tmp/${live}/plan-0-1/scratch`, 3 * dayMs);
    file(`tmp/${done}/plan-0-1/scratch`, 3 * dayMs);
    file("tmp/rerun-1/scratch", hourMs);
    file("tmp/data-set-1/scratch", 3 * dayMs);
    file(`blob-copies/${shelf}/${name}`, 2 * hourMs);
    file(`blob-copies/${shelf}/${"d".repeat(62)}`, hourMs / 2);
    file(`code/${"e".repeat(64)}/flow.ts`, 90 * dayMs);
    file("cache/v24/one", 90 * dayMs);
    const dry = await collect(world.parts({ isDry: true }));
    const report = await collect(world.parts());
    expect({ ...report, isDry: true }).toEqual(dry);
    const counts = Object.fromEntries(report.collected.map(({ kind, count }) => [kind, count]));
    expect(counts).toMatchObject({ runs: 1, logs: 1, "task-folders": 2, "blob-copies": 1, code: 1, compiled: 1 });
    const there = (path: string): boolean => existsSync(join(world.home, path));
    expect([old, live, done].map((run) => there(`logs/${run}`))).toEqual([false, true, true]);
    expect([`tmp/${live}`, `tmp/${done}`, "tmp/rerun-1", "tmp/data-set-1"].map(there)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([name, "d".repeat(62)].map((each) => there(`blob-copies/${shelf}/${each}`))).toEqual([false, true]);
    expect(report.collected.find(({ kind }) => kind === "task-folders")?.byteCount).toBe(10);
  });

  test("a link in what a worker left goes, and what it leads to is neither looked at nor taken", async () => {
    const world = await World.make();
    leave(world, "catalogues/films.csv", hourMs);
    leave(world, "tmp/rerun-1/scratch", 3 * dayMs);
    const [work, at] = [join(world.home, "tmp/rerun-1"), (world.nowMs - 3 * dayMs) / 1_000];
    const links = { films: join(world.home, "catalogues"), round: work, "and round": work };
    for (const [name, target] of Object.entries(links)) {
      symlinkSync(target, join(work, name));
      lutimesSync(join(work, name), at, at);
    }
    utimesSync(work, at, at);
    const { collected } = await collect(world.parts());
    expect(collected).toContainEqual({ kind: "task-folders", count: 1, byteCount: 5 });
    expect([work, join(world.home, "catalogues/films.csv")].map((path) => existsSync(path))).toEqual([false, true]);
  });

  test("files that the params of a run name stay as long as the run, of others as long as they are read", async () => {
    const world = await World.make();
    const named = await world.blob({ version: 1, kind: "input", files: [] });
    await world.run({ status: "running", endedMs: world.nowMs, names: [named] });
    const [own, others] = [named.blob, "e".repeat(64)].map((manifest) => `blob-copies/inputs/${manifest}/films.csv`);
    for (const path of [own, others] as string[]) leave(world, path, 2 * hourMs);
    await collect(world.parts());
    expect([own, others].map((path) => existsSync(join(world.home, path as string)))).toEqual([true, false]);
  });

  test("logs stay in a home that runs of another metadata have logs in: their numbers are the same", async () => {
    const world = await World.make();
    const old = await world.run({ endedMs: world.nowMs - 90 * dayMs });
    await world.run({ endedMs: world.nowMs - 80 * dayMs });
    world.log(old, world.nowMs - 80 * dayMs);
    mkdirSync(join(world.home, "owners"));
    writeFileSync(join(world.home, "owners", "another"), "postgres://db.example/kindred");
    expect((await collect(world.parts())).runs).toHaveLength(1);
    expect(existsSync(join(world.home, "logs", old))).toBe(true);
  });
});
