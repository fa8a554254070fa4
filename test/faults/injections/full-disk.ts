import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Round, RoundEnd } from "../round.ts";

/** True where this process may mount a file system of its own. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "kindred-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "pipe" });
    execFileSync("umount", ["--lazy", folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The disk of the home is full from the moment on, or nearly; once there is room again the run goes on. */
export async function fullDisk(round: Round): Promise<RoundEnd> {
  const disk = join(round.folder, "disk");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", disk], { stdio: "pipe" });
  try {
    round.home = join(disk, "home");
    const session = await round.begin();
    const injected = await round.reach(session);
    const filler = join(disk, "filler");
    fill(filler, round.random.integer(2) * round.random.integer(64 * 1024));
    const { code, message } = await session.ended;
    rmSync(filler);
    await round.takeDown();
    const verdict = await round.verdict(injected);
    // What a full disk does has a name of its own; a stack trace or a failure of something else tells nobody what to do.
    const problems = code === "done" || code === "disk-full" ? [] : [`a full disk is told as ${code}: ${message}`];
    return { ...verdict, lost: verdict.lost + problems.length, problems: [...verdict.problems, ...problems] };
  } finally {
    execFileSync("umount", ["--lazy", disk]);
  }
}

/** Writes until there is no space left, then gives so many bytes back. */
function fill(path: string, freeBytes: number): void {
  const file = openSync(path, "w");
  const chunk = Buffer.alloc(64 * 1024, 1);
  let size = 0;
  try {
    for (;;) size += writeSync(file, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
  ftruncateSync(file, Math.max(0, size - freeBytes));
  closeSync(file);
}
