import { canShiftClock, clockJump } from "./injections/clock.ts";
import { canMount, fullDisk } from "./injections/full-disk.ts";
import { deafTask, schedulerKill, twoResumes, workerKill } from "./injections/kills.ts";
import { tornBlob, tornMetadata } from "./injections/torn-files.ts";
import { zombie } from "./injections/zombie.ts";
import type { Round, RoundEnd } from "./round.ts";

/** A fault, as the table names it. */
export interface Fault {
  readonly name: string;
  readonly inject: (round: Round) => Promise<RoundEnd>;
  /** What is missing on this machine; null when nothing is. */
  readonly missing: () => string | null;
}

const nothing = (): null => null;
const faketime = (): string | null => (canShiftClock() ? null : "libfaketime: apt-get install faketime");
const root = (): string | null => (canMount() ? null : "the right to mount a small file system");

/** Faults of a run on one machine. */
export const localFaults: readonly Fault[] = [
  { name: "kill -9 of a worker", inject: workerKill, missing: nothing },
  { name: "kill -9 of the scheduler", inject: schedulerKill, missing: nothing },
  { name: "disk full", inject: fullDisk, missing: root },
  { name: "torn metadata file", inject: tornMetadata, missing: nothing },
  { name: "torn blob", inject: tornBlob, missing: nothing },
  { name: "clock jump", inject: clockJump, missing: faketime },
  { name: "task that ignores its time-out", inject: deafTask, missing: nothing },
  { name: "two resumes at once", inject: twoResumes, missing: nothing },
  { name: "zombie after its lease", inject: zombie, missing: faketime },
];
