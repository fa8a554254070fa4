import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kindred, Metaflow } from "../contenders.ts";
import { type RowResult, unequal } from "../row.ts";

const metaflowWidth = 24;
const width = 10_000;
const bars = { resumeCpuSeconds: 1, resumeCopiedMb: 1 };

/** A run whose last step failed is resumed: Metaflow clones the finished tasks one by one, Kindred reads nothing of them. */
export async function resume(): Promise<RowResult> {
  const theirs = await resumeMetaflow();
  const small = await resumeKindred(metaflowWidth);
  const ours = await resumeKindred(width);
  const problems = unequal(`sum of ${metaflowWidth} squares after resume`, theirs.value, small.value);
  if (ours.value !== ((width - 1) * width * (2 * width - 1)) / 6) problems.push(`resume came to ${ours.value}`);
  const perSecond = metaflowWidth / theirs.cpuSeconds;
  return {
    lines: [
      `resume              Metaflow with ${metaflowWidth} finished ${theirs.cpuSeconds.toFixed(2)} CPU-s (${perSecond.toFixed(0)} tasks a CPU-second), ${theirs.files} files more`,
      `  10,000 finished   Kindred ${ours.cpuSeconds.toFixed(2)} CPU-s, ${ours.wallSeconds.toFixed(1)} s for the whole command (bar ${bars.resumeCpuSeconds} CPU-s), ${ours.copiedMb.toFixed(2)} MB more`,
    ],
    figures: {
      metaflowResumeCpuSecondsOf24: theirs.cpuSeconds,
      resumeCpuSecondsOf24: small.cpuSeconds,
      resumeCpuSeconds: ours.cpuSeconds,
      resumeSeconds: ours.wallSeconds,
      resumeCopiedMb: ours.copiedMb,
    },
    bars,
    problems,
  };
}

async function resumeMetaflow() {
  const metaflow = new Metaflow();
  const gate = join(metaflow.folder, "gate");
  writeFileSync(gate, "");
  const given = ["--width", String(metaflowWidth), "--gate", gate, "--out", metaflow.out];
  await metaflow.command("squares_flow.py", ["run", "--max-workers", "2", ...given]);
  rmSync(gate);
  const before = metaflow.content().files;
  const resumed = await metaflow.command("squares_flow.py", ["resume", "--max-workers", "2"]);
  const files = metaflow.content().files - before;
  metaflow.remove();
  return { ...resumed, files };
}

async function resumeKindred(tasks: number) {
  const kindred = new Kindred();
  const gate = join(kindred.folder, "gate");
  writeFileSync(gate, "");
  await kindred.run("squares.ts#warm", ["--width", String(tasks), "--quiet", "--gate", gate]);
  rmSync(gate);
  const before = kindred.content().bytes;
  const resumed = await kindred.command(["resume", "1", "--workers", "2"]);
  const copiedMb = (kindred.content().bytes - before) / 1e6;
  kindred.remove();
  return { ...resumed, copiedMb };
}
