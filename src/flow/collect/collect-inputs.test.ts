import {
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { flow } from "../flow.ts";
import { homePaths } from "../home/home-paths.ts";
import { LocalInputs } from "../inputs/local-inputs.ts";
import type { RunInput } from "../inputs/run-input.ts";
import { storeInputs } from "../inputs/store-inputs.ts";
import type { CollectableStore } from "../store/artifact-store.ts";
import { type ArtifactPlaceOfTest, folderKind, s3Kind } from "../store/fixtures/artifact-places.ts";
import { FolderStore } from "../store/folder-store.ts";
import { collect } from "./collect.ts";
import { collectHome } from "./collect-home.ts";
import { World } from "./fixtures/world.ts";
import { defaultRetention } from "./retention.ts";

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;
const { graph } = flow("link", { params: { films: "", documents: "" }, files: ["films", "documents"] });

/** A machine of a cluster: its home, with the copies that it has of what is stored. */
interface Machine {
  readonly home: string;
  readonly store: CollectableStore;
}

async function another(place: ArtifactPlaceOfTest): Promise<Machine> {
  const home = temporary("kindred-machine-");
  return { home, store: await place.open(homePaths(home).blobCopies) };
}

function temporary(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A catalogue and documents with that word in them, and the params that name them. */
function files(word: string) {
  const folder = temporary("kindred-named-");
  const [films, documents] = [join(folder, "films.csv"), join(folder, "documents")];
  mkdirSync(documents);
  writeFileSync(films, `id,title\n1,${word}\n`);
  for (const name of ["a.md", "b.md"]) writeFileSync(join(documents, name), `# ${name} of ${word}`);
  return { films, documents };
}

/** What a task on a machine reads of those files. */
async function readBy({ home, store }: Machine, inputs: readonly RunInput[], params: ReturnType<typeof files>) {
  const local = new LocalInputs(inputs, store, homePaths(home).inputs);
  const [films, documents] = [await local.path(params.films), await local.path(params.documents)];
  const texts = [films, ...readdirSync(documents).map((name) => join(documents, name))];
  return { films, documents, texts: texts.map((path) => readFileSync(path, "utf8")) };
}

/** Has all in a folder be so old. */
function age(folder: string, ms: number): void {
  const at = (Date.now() - ms) / 1_000;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) lutimesSync(join(entry.parentPath, entry.name), at, at);
}

function textsOf(word: string): string[] {
  return [`id,title\n1,${word}\n`, `# a.md of ${word}`, `# b.md of ${word}`];
}

describe.each([folderKind, s3Kind()])("files that params name, in $name", (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  async function machines() {
    const place = await kind.makePlace();
    onTestFinished(() => place.remove());
    const world = await World.make({ artifacts: (home) => place.open(homePaths(home).blobCopies) });
    const here: Machine = { home: world.home, store: world.artifacts };
    const stored = (params: ReturnType<typeof files>) => storeInputs(graph, params, world.artifacts);
    return { place, world, here, stored };
  }

  test("stay while their run may be resumed, on whichever machine, and go with it everywhere", async () => {
    const { place, world, here, stored } = await machines();
    const [gone, failed] = [files("Mother"), files("Knives Out")];
    const [goneInputs, failedInputs] = [await stored(gone), await stored(failed)];
    const old = await world.run({ endedMs: world.nowMs - 90 * dayMs, inputs: goneInputs });
    await world.run({ endedMs: world.nowMs - 80 * dayMs });
    const resumable = await world.run({ status: "failed", endedMs: world.nowMs - dayMs, inputs: failedInputs });
    const [oldPaths, paths] = [await readBy(here, goneInputs, gone), await readBy(here, failedInputs, failed)];
    await place.age();
    age(homePaths(world.home).blobCopies, 2 * hourMs);

    const dry = await collect(world.parts({ isDry: true }));
    const report = await collect(world.parts());
    expect({ ...report, isDry: true }).toEqual(dry);
    expect(report.runs.map(({ run }) => run)).toEqual([old]);
    // Two manifests and three files.
    expect(report.collected.find(({ kind }) => kind === "blobs")?.count).toBe(5);
    // Where the store is a folder of the machine there are links alone, which have no bytes of their own.
    const copiedBytes = kind.name === "S3" ? textsOf("Mother").join("").length : 0;
    expect(report.collected.find(({ kind }) => kind === "blob-copies")?.byteCount).toBe(copiedBytes);
    expect([oldPaths, paths].map(({ films, documents }) => [existsSync(films), existsSync(documents)])).toEqual([
      [false, false],
      [true, true],
    ]);
    for (const { manifest } of goneInputs) await expect(world.artifacts.get(manifest)).rejects.toThrow();
    const claim = { owner: "elsewhere", holder: { kind: "workflow", workflowId: "w" } } as const;
    expect((await world.metadata.claimRun(resumable, claim))?.run).toBe(resumable);
    const { inputs } = await world.metadata.readHead(resumable);
    for (const machine of [here, await another(place)])
      expect((await readBy(machine, inputs, failed)).texts).toEqual(textsOf("Knives Out"));
    expect((await collect(world.parts())).collected.every(({ count }) => count === 0)).toBe(true);
  });

  test("stay under a task that reads them for hours, however short runs are kept", async () => {
    const { place, world, here, stored } = await machines();
    const params = files("Mother");
    const inputs = await stored(params);
    const run = await world.run({ status: "running", endedMs: world.nowMs, inputs });
    const now = world.nowMs;
    world.nowMs -= 5 * hourMs;
    const lease = { run, owner: "owner-1" };
    await world.metadata.beginAttempt(lease, { step: "plan", index: 1, key: "second", workerPid: 1 });
    const { films, documents } = await readBy(here, inputs, params);
    const copy = await here.store.path(await here.store.put(new TextEncoder().encode(`id,title\n1,Mother\n`)));
    await place.age();
    age(homePaths(world.home).blobCopies, 4 * hourMs);
    world.nowMs = now;
    await world.metadata.renewLease(lease);
    const retention = { ...defaultRetention, keepMs: 0 };
    await collect(world.parts({ retention }));
    expect([films, documents, join(documents, "b.md"), copy].map((path) => existsSync(path))).toEqual(
      [films, documents, join(documents, "b.md"), copy].map(() => true),
    );
    await world.metadata.endRun(lease, "done", null);
    await collect(world.parts({ retention }));
    expect([existsSync(films), existsSync(documents)]).toEqual([false, false]);
    expect((await readBy(here, inputs, params)).texts).toEqual(textsOf("Mother"));
  });

  test("are dated by whoever asks for them, also where they have been for long", async () => {
    const { world, here, stored } = await machines();
    const params = files("Mother");
    const inputs = await stored(params);
    await world.run({ status: "running", endedMs: world.nowMs, inputs });
    await readBy(here, inputs, params);
    age(homePaths(world.home).blobCopies, 40 * dayMs);
    const { films, documents } = await readBy(here, inputs, params);
    await collect(world.parts());
    expect([films, join(documents, "a.md")].map((path) => existsSync(path))).toEqual([true, true]);
  });
});

test("links that are asked for as a collection takes them away are there", async () => {
  const here: Machine = { home: temporary("kindred-machine-"), store: new FolderStore(temporary("kindred-blobs-")) };
  const params = files("Mother");
  const inputs = await storeInputs(graph, params, here.store);
  const nowMs = Date.now();
  const nobody = { left: [], marked: new Set<string>(), identity: "", isDry: false, retention: defaultRetention };
  for (let round = 0; round < 300; round++) {
    await readBy(here, inputs, params);
    age(homePaths(here.home).inputs, 40 * dayMs);
    const collecting = collectHome({ ...nobody, home: here.home, nowMs, sinceMs: nowMs - hourMs });
    for (let turn = 0; turn < round % 30; turn++) await new Promise((resolve) => setImmediate(resolve));
    const films = await new LocalInputs(inputs, here.store, homePaths(here.home).inputs).path(params.films);
    await collecting;
    expect(readFileSync(films, "utf8")).toBe(textsOf("Mother")[0]);
  }
});
