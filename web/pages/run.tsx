import { useEffect, useState } from "preact/hooks";
import type { RunRecord } from "../../src/flow/index.ts";
import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { StepTable } from "../parts/step-table.tsx";
import { type Bar, Timeline } from "../parts/timeline.tsx";
import { bytes, duration, moment } from "../words.ts";

/** How often a run that goes on is looked at again. */
const refreshMs = 1_000;

/** One run: its tasks on a time line, its steps with their slowest task, and the log of the task that is chosen. */
export function RunPage({ run }: { run: string }) {
  const [answer, again] = useLoaded(`run ${run}`, () => api.run(run));
  const isRunning = answer.state === "ready" && answer.value.status === "running";
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(again, refreshMs);
    return () => clearInterval(timer);
  }, [isRunning, again]);
  return <Show of={answer}>{(record) => <Run record={record} />}</Show>;
}

function Run({ record }: { record: RunRecord }) {
  const [chosen, setChosen] = useState<Bar | null>(null);
  const took = record.endedMs === null ? "" : ` in ${duration(record.endedMs - record.createdMs)}`;
  return (
    <article>
      <h1>
        Run {record.run} <span class="quiet">{record.flow}</span>
      </h1>
      <p class="under">
        <span class={`outcome ${record.status}`}>{record.status}</span>
        {took}, started {moment(record.createdMs)}
      </p>
      {record.error && (
        <p class="failed" role="alert">
          {record.error.message}
        </p>
      )}
      <section>
        <h2>Tasks in time</h2>
        <Timeline run={record} chosen={chosen} onChoose={setChosen} />
      </section>
      {chosen && <TaskDetail run={record.run} bar={chosen} />}
      <section>
        <h2>Steps</h2>
        <StepTable run={record} />
      </section>
      <section>
        <h2>Parameters</h2>
        <details>
          <summary>As it was started</summary>
          <pre class="scroll">{JSON.stringify(record.params, null, 2)}</pre>
        </details>
      </section>
    </article>
  );
}

function TaskDetail({ run, bar }: { run: string; bar: Bar }) {
  const [logs] = useLoaded(`log ${run} ${bar.step} ${bar.key}`, () => api.logs(run, bar.step, bar.key));
  const { usage } = bar.attempt;
  return (
    <section class="task" aria-live="polite">
      <h2>
        {bar.step} / {bar.key}
      </h2>
      <p>
        attempt {bar.attempt.attempt}, {bar.attempt.status}, {duration(bar.endMs - bar.startMs)}
        {usage &&
          `, ${usage.cpuSeconds.toFixed(2)} s of CPU, ${bytes(usage.peakRssBytes)} at most, read ${bytes(usage.blobReadBytes)}, wrote ${bytes(usage.blobWrittenBytes)}`}
      </p>
      {bar.attempt.error && <p class="failed">{bar.attempt.error.message}</p>}
      <Show of={logs}>
        {({ logs: texts }) => (
          <pre class="scroll" tabIndex={0}>
            {texts
              .map((log) => log.text)
              .join("\n")
              .trim() || "The task wrote no log."}
          </pre>
        )}
      </Show>
    </section>
  );
}
