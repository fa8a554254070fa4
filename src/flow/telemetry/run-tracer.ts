import type { Context, Span } from "@opentelemetry/api";
import type { RunEvent, TaskEnded } from "../run-event.ts";
import { type TraceCarrier, tracingApi } from "./tracing-api.ts";

type Api = typeof import("@opentelemetry/api");

/** The run among its steps, each of which has a name. */
const runName = "";

/**
 * Spans of a run, of its steps within it, of the attempts within those. They say where things stood and what was used: no params,
 * no items, no messages of errors, since any of them may hold what is nobody's business.
 */
export class RunTracer {
  private readonly api: Api;
  private readonly spans = new Map<string, { readonly span: Span; readonly context: Context }>();

  private constructor(api: Api) {
    this.api = api;
  }

  /** Null where nobody listens. */
  static async open(): Promise<RunTracer | null> {
    const api = await tracingApi();
    return api === null ? null : new RunTracer(api);
  }

  note(event: RunEvent): void {
    switch (event.type) {
      case "run-started":
        return this.begin(runName, null, `run ${event.flow}`, {
          "kindred.run": event.run,
          "kindred.flow": event.flow,
          "kindred.resumed": event.resumed,
        });
      case "task-started":
        this.beginStep(event.run, event.step);
        return this.begin(attemptName(event), event.step, `attempt ${event.step}`, {
          "kindred.run": event.run,
          "kindred.step": event.step,
          "kindred.key": event.key,
          "kindred.attempt": event.attempt,
        });
      case "task-ended":
        return this.endAttempt(event);
      case "step-finished":
      case "step-skipped":
        return this.end(event.step, event.type === "step-finished" ? "done" : "skipped", false);
      case "run-finished":
        for (const name of [...this.spans.keys()].reverse()) this.end(name, event.status, event.status !== "done");
        return;
    }
  }

  /** What a worker needs to go on with the trace of an attempt. */
  carrierOf(attempt: { readonly step: string; readonly key: string; readonly attempt: number }): TraceCarrier {
    const carrier: Record<string, string> = {};
    const open = this.spans.get(attemptName(attempt));
    if (open !== undefined) this.api.propagation.inject(open.context, carrier);
    return carrier;
  }

  private beginStep(run: string, step: string): void {
    if (!this.spans.has(step)) this.begin(step, runName, `step ${step}`, { "kindred.run": run, "kindred.step": step });
  }

  private begin(
    name: string,
    parent: string | null,
    title: string,
    attributes: Readonly<Record<string, string | number | boolean>>,
  ): void {
    const { trace, context: contexts } = this.api;
    const above = (parent === null ? undefined : this.spans.get(parent)?.context) ?? contexts.active();
    const span = trace.getTracer("kindred").startSpan(title, { attributes }, above);
    this.spans.set(name, { span, context: trace.setSpan(above, span) });
  }

  private endAttempt(event: TaskEnded): void {
    const { usage, error, status, retryInMs } = event;
    const span = this.spans.get(attemptName(event))?.span;
    if (usage !== null)
      span?.setAttributes({
        "kindred.cpu_seconds": usage.cpuSeconds,
        "kindred.peak_memory_bytes": usage.peakRssBytes,
        "kindred.read_bytes": usage.blobReadBytes,
        "kindred.written_bytes": usage.blobWrittenBytes,
      });
    if (error !== null) span?.setAttribute("kindred.error_code", error.code);
    if (retryInMs !== null) span?.setAttribute("kindred.retry_in_ms", retryInMs);
    this.end(attemptName(event), status, error !== null);
  }

  private end(name: string, status: string, failed: boolean): void {
    const open = this.spans.get(name);
    if (open === undefined) return;
    open.span.setAttribute("kindred.status", status);
    if (failed) open.span.setStatus({ code: this.api.SpanStatusCode.ERROR });
    open.span.end();
    this.spans.delete(name);
  }
}

function attemptName({
  step,
  key,
  attempt,
}: {
  readonly step: string;
  readonly key: string;
  readonly attempt: number;
}): string {
  return `${step}/${key}/${attempt}`;
}
