import { Kindred, Metaflow, type Outcome } from "../contenders.ts";
import { type RowResult, unequal } from "../row.ts";

const bars = { handoverCpuSeconds: 1 };

/**
 * 100 MiB from one task to the next: what a run takes more than one whose tasks both make the bytes. CPU, since the disk of a shared
 * machine says nothing.
 */
export async function handover(): Promise<RowResult> {
  const metaflow = new Metaflow();
  const kindred = new Kindred();
  const ofMetaflow = (handed: number): Promise<Outcome> =>
    metaflow.command("handover_flow.py", ["run", "--handed", String(handed), "--out", metaflow.out]);
  const ofKindred = (handed: number): Promise<Outcome> =>
    kindred.run("handover.ts", [handed === 1 ? "--handed" : "--no-handed"]);
  await ofKindred(0);
  const [metaflowBase, kindredBase] = [await ofMetaflow(0), await ofKindred(0)];
  const [theirs, ours] = [await ofMetaflow(1), await ofKindred(1)];
  metaflow.remove();
  kindred.remove();
  const more = (done: Outcome, base: Outcome) => ({
    cpu: done.cpuSeconds - base.cpuSeconds,
    wall: done.wallSeconds - base.wallSeconds,
  });
  const [metaflowMore, kindredMore] = [more(theirs, metaflowBase), more(ours, kindredBase)];
  return {
    lines: [
      `100 MiB handed on   Metaflow ${metaflowMore.cpu.toFixed(2)} CPU-s (${metaflowMore.wall.toFixed(1)} s), Kindred ${kindredMore.cpu.toFixed(2)} CPU-s (${kindredMore.wall.toFixed(1)} s; bar ${bars.handoverCpuSeconds}), ${(metaflowMore.cpu / kindredMore.cpu).toFixed(1)}x`,
    ],
    figures: {
      metaflowHandoverCpuSeconds: metaflowMore.cpu,
      metaflowHandoverSeconds: metaflowMore.wall,
      handoverCpuSeconds: kindredMore.cpu,
      handoverSeconds: kindredMore.wall,
    },
    bars,
    problems: [
      ...unequal("SHA-256 of 100 MiB", theirs.value, ours.value),
      ...unequal("SHA-256 of 100 MiB, not handed on", metaflowBase.value, kindredBase.value),
    ],
  };
}
