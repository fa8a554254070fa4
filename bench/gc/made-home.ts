import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256, stableJson } from "../../src/base/index.ts";
import type { BlobRef } from "../../src/flow/blob.ts";
import { flow } from "../../src/flow/index.ts";
import { openMetadata } from "../../src/flow/store/open-metadata.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const { graph } = flow("films", {}).foreach("each", { over: () => [1], key: String }, () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const usage = { cpuSeconds: 0.0031, peakRssBytes: 81_234_567, blobReadBytes: 0, blobWrittenBytes: 0 };

/** A home as its runs left it, and what a collection with the usual retention is to make of it. */
export interface MadeHome {
  /** The runs that stay, each with the blobs that it reaches. */
  readonly staying: ReadonlyMap<string, readonly BlobRef[]>;
  readonly going: readonly string[];
  /** The blobs that no run reaches which stays. */
  readonly goingBlobs: readonly BlobRef[];
}

/**
 * Makes a home of done runs of so many tasks, of which the first half are ninety days old, the others ten. A task's result is a blob
 * that names another; one of an old run is named by a young one too.
 */
export async function makeHome(home: string, runs: number, tasksOfRun: number): Promise<MadeHome> {
  const nowMs = Date.now();
  const time = { nowMs };
  const metadata = await openMetadata(join(home, "runs.sqlite"), { nowMs: () => time.nowMs });
  const blobs = new Blobs(join(home, "blobs"), nowMs);
  const staying = new Map<string, readonly BlobRef[]>();
  const going: string[] = [];
  const all = new Map<string, BlobRef>();
  for (let place = 0; place < runs; place++) {
    const isOld = place < runs / 2;
    time.nowMs = nowMs - (isOld ? 90 : 10) * dayMs + place;
    const owner = `owner-${place}`;
    const claim = { owner, holder: { kind: "workflow", workflowId: owner } } as const;
    const lease = await metadata.createRun({ graph, code, params: {}, labels: {} }, claim);
    const reached: BlobRef[] = [];
    await Promise.all(
      Array.from({ length: tasksOfRun }, async (_, index) => {
        const film = blobs.put(story(place + (index === 0 ? runs / 2 : 0), index));
        const artifact = blobs.put(stableJson({ film, place, index }));
        reached.push(film, artifact);
        const attempt = await metadata.beginAttempt(lease, { step: "each", index, key: `film-${index}`, workerPid: 1 });
        const end = { step: "each", index, attempt, usage, progress: null, error: null } as const;
        await metadata.endAttempt(lease, { ...end, status: "done", artifact });
      }),
    );
    reached.push(blobs.put(story(place, 0)));
    await metadata.closeStep(lease, "each", { inline: JSON.stringify(reached.at(-1)) }, "done");
    await metadata.endRun(lease, "done", null);
    leaveLog(home, lease.run, time.nowMs);
    for (const ref of reached) all.set(ref.blob, ref);
    if (isOld) going.push(lease.run);
    else staying.set(lease.run, reached);
  }
  await metadata.close();
  const kept = new Set([...staying.values()].flat().map(({ blob }) => blob));
  return { staying, going, goingBlobs: [...all.values()].filter(({ blob }) => !kept.has(blob)) };
}

function story(film: number, part: number): string {
  return `film ${film} ${part} ${"and what happens in it ".repeat(20)}`;
}

/** Blobs in a folder as its store lays them out, put long ago; not synced each, as none of them can be lost here. */
class Blobs {
  private readonly folder: string;
  private readonly at: number;

  constructor(folder: string, nowMs: number) {
    this.folder = folder;
    this.at = (nowMs - 10 * dayMs) / 1_000;
  }

  put(text: string): BlobRef {
    const ref = { blob: sha256(text), byteCount: Buffer.byteLength(text) };
    const path = blobPath(this.folder, ref);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    utimesSync(path, this.at, this.at);
    return ref;
  }
}

/** Where a folder store has a blob. */
export function blobPath(folder: string, { blob }: BlobRef): string {
  return join(folder, blob.slice(0, 2), blob.slice(2));
}

function leaveLog(home: string, run: string, writtenMs: number): void {
  const folder = join(home, "logs", run, "each");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "film-0.1.log");
  writeFileSync(path, "2026-11-26T00:00:00.000Z info what it did\n");
  for (const each of [path, folder, dirname(folder)]) utimesSync(each, writtenMs / 1_000, writtenMs / 1_000);
}
