import { formatCount, formatDuration } from "../base/index.ts";
import type { RunEvent } from "../flow/index.ts";
import { waitText } from "./run-view/wait-view.ts";
import type { Terminal } from "./terminal.ts";

/** A step must take this long before a guess of the time left is worth showing. */
const guessAfterMs = 2_000;

/** Shows how far a run is: one status line in a terminal, one line a finished step elsewhere. */
export function showProgress(
  terminal: Terminal,
  nowMs: () => number = () => performance.now(),
): (event: RunEvent) => void {
  const startedMs = new Map<string, number>();
  return (event) => {
    if (event.type === "run-started") {
      terminal.note(`run ${event.run} (${event.flow})${event.resumed ? " goes on where it stopped" : ""}`);
    } else if (event.type === "step-started") {
      startedMs.set(event.step, nowMs());
      terminal.status(`${event.step} …`);
    } else if (event.type === "task-progress") {
      const { done, total, unit } = event.progress;
      const started = startedMs.get(event.step) ?? nowMs();
      terminal.status(
        `${event.step} ${event.key}: ${formatCount(done)} of ${formatCount(total)} ${unit}${pace(done, total, nowMs() - started, unit)}`,
      );
    } else if (event.type === "step-progress") {
      const { done, total } = event.progress;
      const started = startedMs.get(event.step) ?? nowMs();
      terminal.status(`${event.step}: ${done} of ${total} tasks${pace(done, total, nowMs() - started, "tasks")}`);
    } else if (event.type === "task-ended") {
      const { done, total } = event.progress;
      const started = startedMs.get(event.step) ?? nowMs();
      terminal.status(`${event.step}: ${done} of ${total} tasks${pace(done, total, nowMs() - started, "tasks")}`);
      if (event.error !== null && event.retryInMs !== null) {
        terminal.note(
          `${event.step}/${event.key} failed and is tried again in ${formatDuration(event.retryInMs)}: ${event.error.message}`,
        );
      }
    } else if (event.type === "step-finished") {
      const tookMs = nowMs() - (startedMs.get(event.step) ?? nowMs());
      terminal.note(
        `  ${event.step.padEnd(10)} ${String(event.progress.done).padStart(4)} ${event.progress.done === 1 ? "task " : "tasks"}  ${formatDuration(tookMs)}`,
      );
    } else if (event.type === "run-waiting") {
      for (const waited of event.queues)
        terminal.note(`${waitText(waited)}; to start one: kindred worker --queue ${waited.queue}`);
      if (event.queues.length === 0) terminal.note("a worker has come: the run goes on");
    } else if (event.type === "step-skipped") {
      terminal.note(`  ${event.step.padEnd(10)} skipped`);
    } else {
      terminal.status("");
    }
  };
}

/** Rate and time left, once there is something to guess from. */
export function pace(done: number, total: number, elapsedMs: number, unit: string): string {
  if (elapsedMs < guessAfterMs || done === 0) return "";
  const leftMs = (elapsedMs / done) * (total - done);
  return `, ${formatCount(done / (elapsedMs / 1000))} ${unit}/s, about ${formatDuration(leftMs)} left`;
}
