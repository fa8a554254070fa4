import type { RunRecord, StepRecord } from "../../src/flow/index.ts";
import { bytes, duration } from "../words.ts";

/** A step in numbers: how its tasks are spread, and which one holds it up. */
export function StepTable({ run }: { run: RunRecord }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Steps">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Status</th>
            <th scope="col" class="number">
              Tasks
            </th>
            <th scope="col" class="number">
              Median
            </th>
            <th scope="col" class="number">
              p95
            </th>
            <th scope="col" class="number">
              CPU
            </th>
            <th scope="col" class="number">
              Peak memory
            </th>
            <th scope="col">Slowest task</th>
          </tr>
        </thead>
        <tbody>
          {run.steps.map((step) => (
            <StepRow key={step.step} step={step} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StepRow({ step }: { step: StepRecord }) {
  const attempts = step.tasks
    .filter((task) => task.index >= 0)
    .flatMap((task) => task.attempts.map((attempt) => ({ key: task.key, attempt })));
  const times = attempts
    .map(({ key, attempt }) => ({ key, ms: (attempt.endedMs ?? attempt.startedMs) - attempt.startedMs }))
    .toSorted((a, b) => a.ms - b.ms);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.ms ?? 0;
  const slowest = times.at(-1);
  return (
    <tr>
      <th scope="row">{step.step}</th>
      <td>
        <span class={`outcome ${step.status}`}>{step.status}</span>
      </td>
      <td class="number">{step.width ?? ""}</td>
      <td class="number">{times.length > 0 ? duration(at(0.5)) : ""}</td>
      <td class="number">{times.length > 1 ? duration(at(0.95)) : ""}</td>
      <td class="number">
        {duration(1000 * attempts.reduce((sum, { attempt }) => sum + (attempt.usage?.cpuSeconds ?? 0), 0))}
      </td>
      <td class="number">{bytes(Math.max(0, ...attempts.map(({ attempt }) => attempt.usage?.peakRssBytes ?? 0)))}</td>
      <td>
        {slowest && times.length > 1
          ? `${slowest.key}, ${(slowest.ms / Math.max(1, at(0.5))).toFixed(1)}× the median`
          : ""}
      </td>
    </tr>
  );
}
