import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Round, RoundEnd } from "../round.ts";

const library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

/** True where the clock of one process can be set. The host's own clock is never touched. */
export function canShiftClock(): boolean {
  return existsSync(library);
}

/** The environment of a process whose clock is ahead by so many seconds; how time passes is left alone. */
export function shiftedClock(seconds: number): Record<string, string> {
  return { ...preload, FAKETIME: offset(seconds) };
}

const preload = {
  LD_PRELOAD: library,
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
  DONT_FAKE_MONOTONIC: "1",
  FAKETIME_NO_CACHE: "1",
};

function offset(seconds: number): string {
  return `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}s`;
}

/** The clock of the scheduler and its workers jumps at the moment, by up to a day forth or back; then one resumes with the right time. */
export async function clockJump(round: Round): Promise<RoundEnd> {
  const file = join(round.folder, "clock");
  writeFileSync(file, "+0s\n");
  const session = await round.begin(false, { ...preload, FAKETIME_TIMESTAMP_FILE: file });
  const injected = await round.reach(session);
  const sign = round.random.next() < 0.5 ? -1 : 1;
  writeFileSync(file, `${offset(sign * (1 + round.random.integer(86_400)))}\n`);
  // Half of them are killed with the jump, so that what they wrote under the wrong time is read under the right one.
  if (round.random.next() < 0.5) session.signal("SIGKILL");
  await session.ended;
  await round.takeDown();
  return round.verdict(injected);
}
