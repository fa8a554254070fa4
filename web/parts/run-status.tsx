import type { RunSummary, Waiting } from "../../src/flow/index.ts";
import { statusText } from "../words.ts";

/** Where a run stands, as a coloured word. */
export function RunStatus({ run }: { run: Waiting<RunSummary> }) {
  return <span class={`outcome ${run.waits?.isIdle === true ? "waiting" : run.status}`}>{statusText(run)}</span>;
}

/** Which steps of a run wait for which workers, and how to start those. */
export function WaitedQueues({ run }: { run: Waiting<RunSummary> }) {
  return (
    <>
      {(run.waits?.queues ?? []).map(({ queue, steps }) => (
        <p key={queue}>
          {steps.join(", ")}: waits, since no worker asks for tasks of {queue}. To start one:{" "}
          <code>kindred worker --queue {queue}</code>
        </p>
      ))}
    </>
  );
}

/** Says that nobody could say what runs wait for, and why. */
export function UnknownWaits({ why }: { why: string | undefined }) {
  if (why === undefined) return null;
  return <p class="quiet">Whether runs on a cluster wait for workers is not known: {why}</p>;
}
