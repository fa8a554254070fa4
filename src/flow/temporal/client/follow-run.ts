import { setTimeout as sleep } from "node:timers/promises";
import { type Client, WorkflowFailedError, type WorkflowHandle } from "@temporalio/client";
import { type ErrorJson, errorFromJson, KindredError } from "../../../base/index.ts";
import { resumeCommand } from "../../resume-command.ts";
import { stoppedError } from "../../run-errors.ts";
import type { RunEvent } from "../../run-event.ts";
import type { HostOptions } from "../../run-options.ts";
import type { RunHead } from "../../run-record.ts";
import type { MetadataStore, RunLease } from "../../store/metadata-store.ts";
import { RunTracer } from "../../telemetry/run-tracer.ts";
import { controlQueue, defaultPrefix, runWorkflowId } from "../names.ts";
import type { TemporalPlace } from "../temporal-place.ts";
import type { RunEnding, RunOrder, SessionWishes } from "../wire.ts";
import { QueueWatch } from "./queue-watch.ts";
import { StepWatch } from "./step-watch.ts";

/** What a run on a cluster is followed with. */
export interface FollowParts {
  readonly client: Client;
  readonly metadata: MetadataStore;
  readonly lease: RunLease;
  readonly resumed: boolean;
  readonly temporal: TemporalPlace;
  readonly options: HostOptions;
}

const pollMs = 500;

/** A cluster without workers does not hear that a run is to stop: nobody waits for it longer than that. */
const stopPatienceMs = 30_000;

/** Starts the workflow of a run and follows it to its end. @throws what the run failed by */
export async function followRun(parts: FollowParts): Promise<void> {
  const { client, metadata, lease, temporal, options } = parts;
  const prefix = temporal.prefix ?? defaultPrefix;
  const head = await metadata.readHead(lease.run);
  const steps = head.graph.steps.map(({ name }) => name);
  const tracer = await RunTracer.open();
  const emit = (event: RunEvent): void => {
    tracer?.note(event);
    options.onEvent?.(event);
  };
  emit({ type: "run-started", run: lease.run, flow: head.flow, resumed: parts.resumed, steps });
  const trace = tracer === null ? {} : { trace: tracer.carrierOfRun() };
  const order: RunOrder = { ...lease, prefix, wishes: { ...wishesOf(options), ...trace } };
  const handle = await client.workflow.start("runWorkflow", {
    workflowId: runWorkflowId(prefix, lease.run, lease.owner),
    taskQueue: controlQueue(prefix),
    args: [order],
  });
  const queues = new QueueWatch({ client, metadata, run: lease.run, prefix, emit });
  const watches = [new StepWatch(lease.run, emit), queues] as const;
  const ending = await ended(parts, head, handle, watches).catch((error: unknown) => {
    tracer?.note({ type: "run-finished", run: lease.run, status: "interrupted" });
    throw error;
  });
  emit({ type: "run-finished", run: lease.run, status: ending.status });
  if (ending.status === "done") return;
  throw ending.error === null ? stoppedError(head) : errorFromJson(ending.error);
}

function wishesOf({ logLevel, temporal, budgets = {} }: HostOptions): SessionWishes {
  const historyEvents = temporal?.historyEvents;
  const hasCeilings = Object.values(budgets).some((ceilings) => ceilings !== undefined);
  return {
    ...(logLevel === undefined ? {} : { logLevel }),
    ...(historyEvents === undefined ? {} : { historyEvents }),
    ...(hasCeilings ? { budgets } : {}),
  };
}

async function ended(
  { metadata, lease, options }: FollowParts,
  head: RunHead,
  handle: WorkflowHandle,
  [steps, queues]: readonly [StepWatch, QueueWatch],
): Promise<RunEnding> {
  const over = new AbortController();
  let ending: { readonly value: RunEnding } | { readonly error: unknown } | null = null;
  const result = (handle.result() as Promise<RunEnding>).then(
    (value) => {
      ending = { value };
      over.abort();
    },
    (error: unknown) => {
      ending = { error };
      over.abort();
    },
  );
  const stop = (): void => void handle.cancel().catch(() => "it is over");
  options.signal?.addEventListener("abort", stop);
  if (options.signal?.aborted === true) stop();
  try {
    for (let askedMs = 0; ending === null; ) {
      const counts = await metadata.readSteps(lease.run).catch(() => []);
      steps.look(counts);
      if (options.signal?.aborted !== true) await queues.look();
      await sleep(pollMs, undefined, { signal: over.signal }).catch(() => "it ended");
      if (options.signal?.aborted !== true) continue;
      askedMs ||= performance.now();
      if (performance.now() - askedMs > stopPatienceMs) throw notHeard(head);
    }
  } finally {
    options.signal?.removeEventListener("abort", stop);
  }
  await result;
  steps.look(await metadata.readSteps(lease.run).catch(() => []));
  return settled(ending, head);
}

/** What the activity that no retry mended threw says itself what it is. */
function settled(ending: { readonly value: RunEnding } | { readonly error: unknown }, head: RunHead): RunEnding {
  if ("value" in ending) return ending.value;
  const { error } = ending;
  if (!(error instanceof WorkflowFailedError)) throw error;
  let cause: Error | undefined = error.cause;
  while (cause?.cause instanceof Error) cause = cause.cause;
  const { run } = head;
  const resume = `Go on with: ${resumeCommand(head)}`;
  const told = (cause as { readonly details?: readonly [ErrorJson?] | null } | undefined)?.details?.[0];
  if (told !== undefined) {
    const { code, parts } = errorFromJson(told);
    throw new KindredError(code, {
      ...parts,
      hint: parts.hint ?? resume,
      where: { ...parts.where, run },
      cause: error,
    });
  }
  throw new KindredError("run-failed", {
    seen: `the workflow of the run ended: ${cause?.message ?? error.message}`,
    hint: resume,
    where: { run },
    cause: error,
  });
}

function notHeard(head: RunHead): KindredError {
  return new KindredError("interrupted", {
    seen: "the run was asked to stop, and no worker is there to hear it",
    hint: `It stops when one starts; then go on with: ${resumeCommand(head)}`,
    where: { run: head.run },
  });
}
