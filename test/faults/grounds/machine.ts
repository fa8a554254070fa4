import type { Fault, Ground } from "../fault.ts";
import { canShiftClock, clockJump } from "../injections/clock.ts";
import { canMount, fullDisk } from "../injections/full-disk.ts";
import { deafTask, schedulerKill, twoResumes, workerKill } from "../injections/kills.ts";
import { tornBlob, tornMetadata } from "../injections/torn-files.ts";
import { zombie } from "../injections/zombie.ts";

const faults: readonly Fault[] = [
  { name: "kill -9 of a worker", inject: workerKill },
  { name: "kill -9 of the scheduler", inject: schedulerKill },
  { name: "disk full", inject: fullDisk },
  { name: "torn metadata file", inject: tornMetadata },
  { name: "torn blob", inject: tornBlob },
  { name: "clock jump", inject: clockJump },
  { name: "task that ignores its time-out", inject: deafTask },
  { name: "two resumes at once", inject: twoResumes },
  { name: "zombie after its lease", inject: zombie },
];

const shifted = new Set(["clock jump", "zombie after its lease"]);

/** Runs of one machine, each in a folder of its own. */
export const machine: Ground = {
  title: "one machine",
  names: faults.map(({ name }) => name),
  lanes: 4,
  missing: (name) => {
    if (name === "disk full" && !canMount()) return "the right to mount a small file system";
    return shifted.has(name) && !canShiftClock() ? "libfaketime: apt-get install faketime" : null;
  },
  open: async () => ({ faults, newPlaces: async () => null, close: async () => {} }),
};
