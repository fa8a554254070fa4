import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Kindred, Metaflow, type Outcome } from "../contenders.ts";
import type { RowResult } from "../row.ts";

const bars = { rerunSeconds: 0.4 };

/** One finished task is run again to look at it: `metaflow spin` beside `kindred rerun --debug`. */
export async function rerun(): Promise<RowResult> {
  const theirs = await spin();
  const ours = await rerunTask();
  const text = ({ untilSeconds, done }: Rerun): string =>
    `${untilSeconds.toFixed(2)} s until its code runs, ${done.cpuSeconds.toFixed(2)} CPU-s in all`;
  return {
    lines: [`one task again      Metaflow ${text(theirs)}; Kindred ${text(ours)} (bar ${bars.rerunSeconds} s)`],
    figures: {
      metaflowRerunSeconds: theirs.untilSeconds,
      metaflowRerunCpuSeconds: theirs.done.cpuSeconds,
      rerunSeconds: ours.untilSeconds,
      rerunCpuSeconds: ours.done.cpuSeconds,
    },
    bars,
    problems: [theirs, ours].flatMap(({ done, untilSeconds }) =>
      Number.isNaN(untilSeconds) ? [`a task did not run again: ${done.printed.slice(-300)}`] : [],
    ),
  };
}

interface Rerun {
  readonly done: Outcome;
  /** NaN when its code did not run. */
  readonly untilSeconds: number;
}

async function spin(): Promise<Rerun> {
  const metaflow = new Metaflow();
  const mark = join(metaflow.folder, "mark");
  const given = ["--width", "3", "--mark", mark, "--out", metaflow.out];
  await metaflow.command("squares_flow.py", ["run", ...given]);
  rmSync(mark, { force: true });
  const done = await metaflow.command("squares_flow.py", ["spin", "square"]);
  const untilSeconds = secondsUntil(mark, done);
  metaflow.remove();
  return { done, untilSeconds };
}

async function rerunTask(): Promise<Rerun> {
  const kindred = new Kindred();
  const mark = join(kindred.folder, "mark");
  await kindred.run("squares.ts#warm", ["--width", "3", "--mark", mark]);
  // Once before: so that its compiled code is kept, as it is of the run.
  await kindred.command(["rerun", "1/square/n1", "--debug"]);
  rmSync(mark, { force: true });
  const done = await kindred.command(["rerun", "1/square/n1", "--debug"]);
  const untilSeconds = secondsUntil(mark, done);
  kindred.remove();
  return { done, untilSeconds };
}

function secondsUntil(mark: string, { startedMs }: Outcome): number {
  if (!existsSync(mark)) return Number.NaN;
  return (Number(readFileSync(mark, "utf8").split("\n")[0]) - startedMs) / 1e3;
}
