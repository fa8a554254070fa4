import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../../../src/base/index.ts";
import type { Round, RoundEnd } from "../round.ts";
import type { SessionEnd } from "../session.ts";
import { killed } from "./kills.ts";

/**
 * A file of the metadata is torn while nobody runs: the run goes on to the same result, or says that its metadata is damaged, and
 * then a new run over the same blobs comes to it.
 */
export async function tornMetadata(round: Round): Promise<RoundEnd> {
  await killed(round, true);
  // What the log lost was not committed as far as anybody can tell.
  round.earlier = null;
  const files = ["runs.sqlite", "runs.sqlite-wal"].map((name) => join(round.home, name)).filter(hasBytes);
  const file = files[round.random.integer(files.length)];
  if (file === undefined) return round.verdict(false);
  tear(file, round.random);
  const end = await round.finish();
  if (end?.code === "artifact-damaged") beginAnew(round);
  return tellOthers(end, await round.verdict(true));
}

/** A blob is torn while nobody runs: as above, and equal bytes written again heal it. */
export async function tornBlob(round: Round): Promise<RoundEnd> {
  await killed(round, true);
  const blobs = join(round.home, "blobs");
  const files = (existsSync(blobs) ? readdirSync(blobs, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile() && entry.name.length === 62)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const file = files[round.random.integer(Math.max(1, files.length))];
  if (file === undefined) return round.verdict(false);
  tear(file, round.random);
  const end = await round.finish();
  const published = await round.published();
  // A blob that nobody had to read again is whole once it is written again, as a run that meets the damage says itself.
  beginAnew(round);
  const verdict = tellOthers(end, await round.verdict(true));
  const isWrong = end?.code === "done" && published !== (await round.published());
  const problems = isWrong ? ["the run was done with a result that is not that of a calm run"] : [];
  return { ...verdict, lost: verdict.lost + problems.length, problems: [...verdict.problems, ...problems] };
}

function beginAnew(round: Round): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(join(round.home, `runs.sqlite${end}`), { force: true });
  round.earlier = null;
}

/** A session after the fault may be done, or say that something is damaged; all else is a problem. */
function tellOthers(end: SessionEnd | null, verdict: RoundEnd): RoundEnd {
  const isTold = end === null || end.code === "done" || end.code === "artifact-damaged";
  const problems = isTold ? [] : [`the damage is told as ${end.code}: ${end.message}`];
  return { ...verdict, lost: verdict.lost + problems.length, problems: [...verdict.problems, ...problems] };
}

/** Cuts the end of a file off, or writes other bytes into it. */
function tear(file: string, random: Random): void {
  const bytes = readFileSync(file);
  if (random.next() < 0.4) return truncateSync(file, random.integer(bytes.length));
  const start = random.integer(bytes.length);
  const length = 1 + random.integer(random.next() < 0.5 ? 8 : 4_096);
  for (let i = start; i < Math.min(bytes.length, start + length); i++) bytes[i] = random.integer(256);
  writeFileSync(file, bytes);
}

function hasBytes(file: string): boolean {
  return existsSync(file) && readFileSync(file).length > 0;
}
