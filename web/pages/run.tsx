import type { RunInsight, RunSummary, Waiting } from "../../src/flow/index.ts";
import { api } from "../api.ts";
import { Show, useRefreshed } from "../load.tsx";
import { PathBars } from "../parts/path-bars.tsx";
import { RunDataSets } from "../parts/run-data-sets.tsx";
import { SkewList, Suggestions } from "../parts/skew-list.tsx";
import { StepTable } from "../parts/step-table.tsx";
import { RunStatus, UnknownWaits, WaitedQueues } from "../parts/run-status.tsx";
import { TaskDetail } from "../parts/task-detail.tsx";
import { TimeLinePicture } from "../parts/time-line.tsx";
import { href } from "../route.ts";
import { moment, tookText } from "../words.ts";

interface Props {
  readonly run: string;
  /** The task that is looked at; empty for none. */
  readonly step: string;
  readonly taskKey: string;
}

/** One run: its tasks on a time line, what held it up, its steps in numbers, and the task that is chosen. */
export function RunPage({ run, step, taskKey }: Props) {
  const answer = useRefreshed(
    `run ${run}`,
    () => api.insight(run),
    ({ run: { status }, waitsUnknown }) => status === "running" || waitsUnknown !== undefined,
  );
  return (
    <Show of={answer}>
      {({ run: summary, insight, timeLine, waitsUnknown }) => (
        <article>
          <Head summary={summary} />
          <WaitedQueues run={summary} />
          <UnknownWaits why={waitsUnknown} />
          <section>
            <h2>Tasks in time</h2>
            <TimeLinePicture
              timeLine={timeLine}
              onChoose={(task) => {
                location.hash = href("run", run, task.step, task.key);
              }}
            />
          </section>
          {taskKey !== "" && <TaskDetail run={run} step={step} taskKey={taskKey} />}
          <RunDataSets run={run} status={summary.status} />
          <Findings run={run} insight={insight} />
          <section>
            <h2>Parameters</h2>
            <details>
              <summary>As it was started</summary>
              <pre class="scroll">{JSON.stringify(summary.params, null, 2)}</pre>
            </details>
          </section>
        </article>
      )}
    </Show>
  );
}

function Head({ summary }: { summary: Waiting<RunSummary> }) {
  const took = tookText(summary) === "" ? "" : ` in ${tookText(summary)}`;
  return (
    <>
      <h1>
        Run {summary.run} <span class="quiet">{summary.flow}</span>
      </h1>
      <p class="under">
        <RunStatus run={summary} />
        {took}, started {moment(summary.createdMs)}
      </p>
      {summary.error && (
        <p class="failed" role="alert">
          {summary.error.message}
        </p>
      )}
    </>
  );
}

function Findings({ run, insight }: { run: string; insight: RunInsight }) {
  return (
    <>
      <section>
        <h2>Skew</h2>
        <SkewList run={run} steps={insight.steps} />
      </section>
      <section>
        <h2>Critical path</h2>
        <PathBars insight={insight} />
      </section>
      <section>
        <h2>Steps</h2>
        <StepTable steps={insight.steps} />
      </section>
      <section>
        <h2>Resources</h2>
        <Suggestions suggestions={insight.suggestions} />
      </section>
    </>
  );
}
