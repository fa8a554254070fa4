import { statSync } from "node:fs";
import { join } from "node:path";
import { Kindred } from "../contenders.ts";
import type { RowResult } from "../row.ts";

const bars = { thousandSeconds: 10, hundredThousandPeakMb: 1_000, hundredThousandMetadataMb: 200 };

/** 1,000 and 100,000 trivial tasks. Metaflow refuses more than 100 unless told otherwise, and would take 12 hours of CPU. */
export async function wideSteps(): Promise<RowResult> {
  const kindred = new Kindred();
  const problems: string[] = [];
  const run = async (width: number) => {
    const done = await kindred.run("squares.ts#warm", ["--width", String(width), "--quiet"], { memory: true });
    const expected = ((width - 1) * width * (2 * width - 1)) / 6;
    if (done.value !== expected) problems.push(`${width} tasks came to ${done.value}, expected ${expected}`);
    return done;
  };
  const thousand = await run(1_000);
  const many = await run(100_000);
  const metadataMb = statSync(join(kindred.folder, "runs.sqlite")).size / 1e6;
  kindred.remove();
  const seconds = (done: { cpuSeconds: number; wallSeconds: number }): string =>
    `${done.cpuSeconds.toFixed(2)} CPU-s, ${done.wallSeconds.toFixed(1)} s`;
  return {
    lines: [
      `1,000 tasks         ${seconds(thousand)} (bar ${bars.thousandSeconds} s)`,
      `100,000 tasks       ${seconds(many)}, ${Math.round(many.peakMebibytes)} MiB of all processes (bar 1,000 MB), metadata ${metadataMb.toFixed(1)} MB (bar 200)`,
    ],
    figures: {
      thousandSeconds: thousand.wallSeconds,
      thousandCpuSeconds: thousand.cpuSeconds,
      hundredThousandSeconds: many.wallSeconds,
      hundredThousandCpuSeconds: many.cpuSeconds,
      hundredThousandPeakMb: many.peakMebibytes * 1.048576,
      hundredThousandMetadataMb: metadataMb,
    },
    bars,
    problems,
  };
}
