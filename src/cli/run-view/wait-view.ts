import { formatDuration } from "../../base/index.ts";
import type { RunSummary, RunWaits, WaitedQueue, Waiting } from "../../flow/index.ts";
import type { Terminal } from "../terminal.ts";

/** Where a run stands, as people read it: `waiting for cpu8` of one that no worker of its cluster works for. */
export function statusText({ status, waits }: Waiting<Pick<RunSummary, "status">>): string {
  if (waits === undefined) return status;
  const queues = waits.queues.map(({ queue }) => queue).join(", ");
  return waits.isIdle ? `waiting for ${queues}` : `${status}, waits for ${queues}`;
}

/** How long a run that is over took; empty for any other. */
export function tookText({ createdMs, endedMs, waits }: Waiting<Pick<RunSummary, "createdMs" | "endedMs">>): string {
  return endedMs === null || waits !== undefined ? "" : formatDuration(endedMs - createdMs);
}

/** Why steps of a run do not go on. */
export function waitText({ queue, steps }: WaitedQueue): string {
  return `${steps.join(", ")}: waits, since no worker asks for tasks of ${queue}`;
}

/** Tells on stderr that it is not known what runs wait for. */
export function noteUnknownWaits(terminal: Terminal, { unknown }: RunWaits): void {
  if (unknown !== null) terminal.note(`whether runs on a cluster wait for workers is not known: ${unknown}`);
}
