import type { RunEvent, TaskEnded } from "../run-event.ts";
import { attemptAttributes, attemptName, endAttributes, type TracedAttempt } from "./attempt-span.ts";
import { OpenSpans } from "./open-spans.ts";
import { type TraceCarrier, tracingApi } from "./tracing-api.ts";

/** The run among its steps, each of which has a name. */
const runName = "";

/**
 * Spans of a run, of its steps within it, of the attempts within those. They say where things stood and what was used: no params,
 * no items, no messages of errors, since any of them may hold what is nobody's business.
 */
export class RunTracer {
  private readonly spans: OpenSpans;

  private constructor(spans: OpenSpans) {
    this.spans = spans;
  }

  /** Null where nobody listens. */
  static async open(): Promise<RunTracer | null> {
    const api = await tracingApi();
    return api === null ? null : new RunTracer(new OpenSpans(api));
  }

  note(event: RunEvent): void {
    switch (event.type) {
      case "run-started":
        return this.spans.begin(runName, null, `run ${event.flow}`, {
          "kindred.run": event.run,
          "kindred.flow": event.flow,
          "kindred.resumed": event.resumed,
        });
      case "step-started":
        return this.beginStep(event.run, event.step);
      case "task-started":
        this.beginStep(event.run, event.step);
        return this.spans.begin(
          attemptName(event),
          event.step,
          `attempt ${event.step}`,
          attemptAttributes(event.run, event),
        );
      case "task-ended":
        return this.endAttempt(event);
      case "step-finished":
      case "step-skipped":
        return this.spans.end(event.step, event.type === "step-finished" ? "done" : "skipped", false);
      case "run-finished":
        return this.spans.endAll(event.status, event.status !== "done");
    }
  }

  /** What a worker process needs to go on with the trace of an attempt. */
  carrierOf(attempt: TracedAttempt): TraceCarrier {
    return this.spans.carrierOf(attemptName(attempt));
  }

  /** What another machine needs to go on with the trace of the run. */
  carrierOfRun(): TraceCarrier {
    return this.spans.carrierOf(runName);
  }

  /** A step begins with the first that is heard of it: the task that plans it, or its width. */
  private beginStep(run: string, step: string): void {
    if (!this.spans.has(step))
      this.spans.begin(step, runName, `step ${step}`, { "kindred.run": run, "kindred.step": step });
  }

  private endAttempt(event: TaskEnded): void {
    const { usage, error, status, retryInMs } = event;
    const retry = retryInMs === null ? {} : { "kindred.retry_in_ms": retryInMs };
    this.spans.add(attemptName(event), { ...endAttributes(usage, error), ...retry });
    this.spans.end(attemptName(event), status, error !== null);
  }
}
