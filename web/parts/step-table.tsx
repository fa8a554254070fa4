import type { StepInsight } from "../../src/flow/index.ts";
import { bytes, count, duration } from "../words.ts";

const heads = ["Tasks", "Median", "p95", "Longest", "Slowest 1 %", "CPU", "Peak memory", "Read", "Written"];

/** The steps of a run in numbers: how the times of their tasks are spread, and what they used. */
export function StepTable({ steps }: { steps: readonly StepInsight[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Steps">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Status</th>
            {heads.map((head) => (
              <th key={head} scope="col" class="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <StepRow key={step.step} step={step} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StepRow({ step }: { step: StepInsight }) {
  const { times, use } = step;
  const many = times !== null && times.count > 1 ? times : null;
  return (
    <tr>
      <th scope="row">{step.step}</th>
      <td>
        <span class={`outcome ${step.status}`}>{step.status}</span>
      </td>
      <td class="number">{step.width === null ? "" : `${count(step.ended)}/${count(step.width)}`}</td>
      <td class="number">{times === null ? "" : duration(times.p50)}</td>
      <td class="number">{many === null ? "" : duration(many.p95)}</td>
      <td class="number">{many === null ? "" : duration(many.max)}</td>
      <td class="number">{many === null ? "" : `${Math.round(many.slowestShare * 100)} %`}</td>
      <td class="number">{duration(1000 * use.cpuSeconds)}</td>
      <td class="number">{bytes(use.peakMemoryBytes)}</td>
      <td class="number">{bytes(use.readBytes)}</td>
      <td class="number">{bytes(use.writtenBytes)}</td>
    </tr>
  );
}
