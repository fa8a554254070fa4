import { useEffect, useRef, useState } from "preact/hooks";
import type { LogLevel, TaskRecord } from "../../src/flow/index.ts";
import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { href } from "../route.ts";
import { bytes, count, duration, shellWord } from "../words.ts";

interface Props {
  readonly run: string;
  readonly step: string;
  readonly taskKey: string;
}

/** One task: its attempts and what each used, the card it left, what it wrote and what came of it. */
export function TaskDetail({ run, step, taskKey }: Props) {
  const [answer] = useLoaded(`task ${run} ${step} ${taskKey}`, () => api.task(run, step, taskKey));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [step, taskKey]);
  return (
    <section class="task">
      <h2 ref={heading} tabIndex={-1}>
        {step} / {taskKey}
      </h2>
      <p class="under">
        <a href={href("run", run)}>Close this task</a>
      </p>
      <Show of={answer}>
        {({ task, outcome }) => (
          <>
            {task.attempts.map((attempt) => (
              <AttemptLines key={attempt.attempt} attempt={attempt} />
            ))}
            <p>
              <code>kindred rerun {shellWord(`${run}/${step}/${taskKey}`)} --debug</code>{" "}
              <span class="quiet">runs it again, and keeps nothing.</span>
            </p>
            <Card run={run} step={step} task={task} />
            <Logs run={run} step={step} taskKey={taskKey} />
            {outcome !== null && (
              <details>
                <summary>Outcome</summary>
                <pre class="scroll">{outcome}</pre>
              </details>
            )}
          </>
        )}
      </Show>
    </section>
  );
}

function AttemptLines({ attempt }: { attempt: TaskRecord["attempts"][number] }) {
  const { usage, facts, error, workerHost } = attempt;
  const took = attempt.endedMs === null ? "" : `, ${duration(attempt.endedMs - attempt.startedMs)}`;
  const used =
    usage &&
    `${duration(1000 * usage.cpuSeconds)} of CPU, ${bytes(usage.peakRssBytes)} at most, read ${bytes(usage.blobReadBytes)}, wrote ${bytes(usage.blobWrittenBytes)}`;
  const size = [
    facts?.rows === undefined ? [] : `${count(facts.rows)} rows`,
    facts?.pairs === undefined ? [] : `${count(facts.pairs)} pairs`,
    facts?.largestBlock === undefined ? [] : `largest block ${facts.largestBlock.key}`,
  ].flat();
  return (
    <>
      <p>
        Attempt {attempt.attempt} <span class={`outcome ${attempt.status}`}>{attempt.status}</span>
        {took}
        {used && `, ${used}`}
        {size.length > 0 && `; ${size.join(", ")}`}
        {workerHost && `, on ${workerHost}`}
      </p>
      {error && <p class="failed">{error.message}</p>}
    </>
  );
}

function Card({ run, step, task }: { run: string; step: string; task: TaskRecord }) {
  const last = task.attempts.findLast(({ card }) => card !== null);
  if (last === undefined) return null;
  return (
    <>
      <h3>Card</h3>
      <iframe class="card" sandbox="" title="Card of the task" src={api.card(run, step, task.key, last.attempt)} />
    </>
  );
}

/** The compiler sees to it that none is missing. */
const levels = Object.keys({ debug: 0, print: 1, info: 2, warn: 3, error: 4 } satisfies Record<
  LogLevel,
  number
>) as LogLevel[];

function Logs({ run, step, taskKey }: Props) {
  const [level, setLevel] = useState<LogLevel>("debug");
  const [logs] = useLoaded(`log ${run} ${step} ${taskKey} ${level}`, () => api.logs(run, step, taskKey, level));
  return (
    <>
      <h3>
        Log{" "}
        <label class="level">
          from{" "}
          <select value={level} onChange={(event) => setLevel(event.currentTarget.value as LogLevel)}>
            {levels.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </h3>
      <Show of={logs}>
        {({ logs: texts }) => (
          <pre class="scroll" tabIndex={0}>
            {texts
              .map((log) => log.text)
              .join("\n")
              .trim() || "No line of that level."}
          </pre>
        )}
      </Show>
    </>
  );
}
