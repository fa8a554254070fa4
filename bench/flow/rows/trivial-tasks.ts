import { Kindred, Metaflow, type Outcome } from "../contenders.ts";
import { type RowResult, unequal } from "../row.ts";

const widths = { metaflow: [4, 24], warm: [24, 2_024], isolated: [24, 74] } as const;
const bars = { warmMsPerTask: 5, isolatedMsPerTask: 80, filesPerTask: 2 };

interface Slope {
  readonly cpuMs: number;
  readonly files: number;
}

/**
 * CPU and files of one more trivial foreach task: by the difference of two widths, so that what a run costs once is not
 * counted. Each task prints one line.
 */
export async function trivialTasks(): Promise<RowResult> {
  const metaflow = await slopeOfMetaflow();
  const warm = await slopeOfKindred("squares.ts#warm", widths.warm);
  const isolated = await slopeOfKindred("squares.ts#isolated", widths.isolated);
  const problems = [
    ...unequal("sum of 24 squares, warm", metaflow.value, warm.value),
    ...unequal("sum of 24 squares, isolated", metaflow.value, isolated.value),
  ];
  const times = (slope: Slope): string => `${(metaflow.cpuMs / slope.cpuMs).toFixed(1)}x`;
  return {
    lines: [
      `trivial task        Metaflow ${metaflow.cpuMs.toFixed(0)} ms CPU, ${metaflow.files.toFixed(1)} files`,
      `  warm workers      ${warm.cpuMs.toFixed(2)} ms CPU (bar ${bars.warmMsPerTask}), ${times(warm)}; ${warm.files.toFixed(2)} files (bar 2)`,
      `  a process a task  ${isolated.cpuMs.toFixed(1)} ms CPU (bar ${bars.isolatedMsPerTask}), ${times(isolated)}`,
    ],
    figures: {
      metaflowMsPerTask: metaflow.cpuMs,
      metaflowFilesPerTask: metaflow.files,
      warmMsPerTask: warm.cpuMs,
      isolatedMsPerTask: isolated.cpuMs,
      filesPerTask: warm.files,
    },
    bars,
    problems,
  };
}

async function slopeOfMetaflow(): Promise<Slope & { readonly value: unknown }> {
  const metaflow = new Metaflow();
  const run = (width: number): Promise<Outcome> =>
    metaflow.command("squares_flow.py", ["run", "--max-workers", "2", "--width", String(width), "--out", metaflow.out]);
  const slope = await slopeOf(metaflow, widths.metaflow, run);
  metaflow.remove();
  return { ...slope, value: slope.wide.value };
}

async function slopeOfKindred(flow: string, [narrow, wide]: readonly [number, number]) {
  const kindred = new Kindred();
  const run = (width: number): Promise<Outcome> => kindred.run(flow, ["--width", String(width)]);
  await run(1);
  const slope = await slopeOf(kindred, [narrow, wide], run);
  kindred.remove();
  return { ...slope, value: slope.narrow.value };
}

async function slopeOf(
  contender: Kindred | Metaflow,
  [narrowWidth, wideWidth]: readonly [number, number],
  run: (width: number) => Promise<Outcome>,
): Promise<Slope & { readonly narrow: Outcome; readonly wide: Outcome }> {
  const first = contender.content().files;
  const narrow = await run(narrowWidth);
  const second = contender.content().files;
  const wide = await run(wideWidth);
  const third = contender.content().files;
  const tasks = wideWidth - narrowWidth;
  const cpuMs = ((wide.cpuSeconds - narrow.cpuSeconds) / tasks) * 1e3;
  return { cpuMs, files: (third - second - (second - first)) / tasks, narrow, wide };
}
