import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import { sqliteInHome, World } from "./fixtures/world.ts";

const script = fileURLToPath(new URL("./fixtures/run-collection.ts", import.meta.url));
const dayMs = 24 * 60 * 60 * 1_000;

/** Starts a collection and kills it so long after it says that line for the first time; without a line lets it end. */
async function collection(home: string, line: RegExp | null, afterMs = 0): Promise<NodeJS.Signals | number | null> {
  const child = spawn(process.execPath, [script, home], { stdio: ["ignore", "pipe", "inherit"] });
  let isFound = false;
  createInterface({ input: child.stdout }).on("line", (said) => {
    if (isFound || line === null || !line.test(said)) return;
    isFound = true;
    setTimeout(() => child.kill("SIGKILL"), afterMs);
  });
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return signal ?? code;
}

test("killed with -9 while it removes runs, reads and sweeps, it leaves all that is named whole, and the next one finishes", async () => {
  const random = seededRandom(20261126);
  const world = await World.make({ metadata: sqliteInHome });
  const kept: BlobRef[] = [];
  for (let i = 0; i < 20; i++) kept.push(await world.blob({ film: `kept ${i}`, words: "x".repeat(200) }));
  const list = await world.blob(kept);
  const failed = await world.run({ status: "failed", endedMs: world.nowMs - dayMs, names: [list] });
  for (let run = 0; run < 40; run++) {
    const names = [await world.blob(`film of run ${run}`)];
    await world.run({ flow: "old", endedMs: world.nowMs - 90 * dayMs, names });
  }
  for (let i = 0; i < 2_500; i++) await world.blob(`nobody's film ${i}`);

  let kills = 0;
  for (const line of [
    /removing runs 5$/,
    /removing runs 30$/,
    /listing blobs/,
    /reading artifacts/,
    /removing blobs/,
  ]) {
    if ((await collection(world.home, line, random.integer(5))) === "SIGKILL") kills += 1;
    for (const ref of [list, ...kept]) await world.artifacts.get(ref);
    expect((await world.metadata.readHead(failed)).status).toBe("failed");
  }
  // On a busy machine one may be through before it is killed.
  expect(kills).toBeGreaterThan(2);
  expect(await collection(world.home, null)).toBe(0);
  expect((await world.metadata.collection.runs()).map(({ run }) => run)).toEqual(["41", failed]);
  const lastFilm = await world.blob("film of run 39");
  expect(await world.held()).toEqual(new Set([list, ...kept, lastFilm].map(({ blob }) => blob)));
}, 120_000);
