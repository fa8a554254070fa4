import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

// The judge imports nothing of src/flow: it reads the tables by SQL of its own and the files by their bytes.

/** Runs a query and returns its rows. */
export type Query = (sql: string) => Promise<readonly Readonly<Record<string, string | number | null>>[]>;

/** The bytes of an artifact by its SHA-256; null when there is none. */
export type BlobBytes = (sha256: string) => Promise<Uint8Array | null>;

/** Where a run left what it did. */
export interface Scene {
  readonly query: Query;
  readonly blobBytes: BlobBytes;
  /** The folder that the flow publishes in. */
  readonly folder: string;
  /** Runs up to this one were there before, in a database that rounds share; without it all are looked at. */
  readonly after?: number;
}

/** What there is of a task. */
export interface TaskEvidence {
  readonly status: string;
  readonly attempts: number;
  readonly doneAttempts: number;
  /** SHA-256 of its artifact's JSON, whose blobs were found whole. */
  readonly artifact: string | null;
}

/** What there is of a run. */
export interface Evidence {
  readonly runs: number;
  readonly status: string;
  readonly steps: ReadonlyMap<string, string>;
  readonly tasks: ReadonlyMap<string, TaskEvidence>;
  readonly published: string | null;
  /** What is damaged or there twice, in words. */
  readonly damage: readonly string[];
}

/** SHA-256 as hex. */
export function hashOf(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Gathers what a run left. With `tolerant` blobs are not looked at, as while its faults are still there. */
export async function gather(scene: Scene, tolerant = false): Promise<Evidence> {
  const damage: string[] = [];
  const hash = (text: string) => artifactHash(text, scene.blobBytes, tolerant ? [] : damage, tolerant);
  const runs = await scene.query(`select run, status from runs where run > ${scene.after ?? -1} order by run`);
  const run = Number(runs.at(-1)?.run ?? 0);
  const steps = new Map<string, string>();
  for (const row of await scene.query(
    `select step, status, artifact from steps where run = ${run} order by position`,
  )) {
    const name = String(row.step);
    if (steps.has(name)) damage.push(`the step ${name} is there twice`);
    const artifact = row.artifact === null ? "none" : await hash(String(row.artifact));
    steps.set(name, `${row.status} ${artifact}`);
  }
  const tasks = await gatherTasks(scene.query, run, hash, damage);
  const published = await readFile(join(scene.folder, "published.txt")).then(hashOf, () => null);
  return { runs: runs.length, status: String(runs.at(-1)?.status ?? "none"), steps, tasks, published, damage };
}

async function gatherTasks(
  query: Query,
  run: number,
  hash: (text: string) => Promise<string>,
  damage: string[],
): Promise<Map<string, TaskEvidence>> {
  const rows = await query(`select steps.step, tasks.item, tasks.key, tasks.status, tasks.attempts, tasks.artifact,
    (select count(*) from attempts where attempts.run = tasks.run and attempts.position = tasks.position
      and attempts.item = tasks.item and attempts.status = 'done') as done
    from tasks join steps on steps.run = tasks.run and steps.position = tasks.position
    where tasks.run = ${run} order by tasks.position, tasks.item`);
  const tasks = new Map<string, TaskEvidence>();
  for (const row of rows) {
    const name = `${row.step}/${row.key}`;
    if (tasks.has(name)) damage.push(`the task ${name} is there twice`);
    const artifact = row.artifact === null ? null : await hash(String(row.artifact));
    const counts = { attempts: Number(row.attempts), doneAttempts: Number(row.done) };
    tasks.set(name, { status: String(row.status), ...counts, artifact });
  }
  return tasks;
}

/** The hash of an artifact's JSON. Every blob that it names, at any depth, must be there with its bytes. */
async function artifactHash(column: string, bytesOf: BlobBytes, damage: string[], tolerant: boolean): Promise<string> {
  const stored = JSON.parse(column) as { inline?: string; blob?: string };
  if (stored.inline !== undefined) {
    if (!tolerant) await checkBlobs(JSON.parse(stored.inline), bytesOf, damage);
    return hashOf(stored.inline);
  }
  const blob = String(stored.blob);
  if (tolerant) return blob;
  const bytes = await wholeBlob(blob, bytesOf, damage);
  if (bytes !== null) await checkBlobs(JSON.parse(new TextDecoder().decode(bytes)), bytesOf, damage);
  return blob;
}

async function checkBlobs(value: unknown, bytesOf: BlobBytes, damage: string[]): Promise<void> {
  if (typeof value !== "object" || value === null) return;
  if ("blob" in value && typeof value.blob === "string") await wholeBlob(value.blob, bytesOf, damage);
  for (const inner of Object.values(value)) await checkBlobs(inner, bytesOf, damage);
}

async function wholeBlob(blob: string, bytesOf: BlobBytes, damage: string[]): Promise<Uint8Array | null> {
  const bytes = await bytesOf(blob);
  if (bytes !== null && hashOf(bytes) === blob) return bytes;
  damage.push(bytes === null ? `the blob ${blob} is not there` : `the blob ${blob} holds other bytes`);
  return null;
}
