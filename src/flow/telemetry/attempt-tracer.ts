import type { ErrorJson } from "../../base/index.ts";
import type { AttemptStatus, TaskUsage } from "../run-record.ts";
import { attemptAttributes, attemptName, endAttributes, type TracedAttempt } from "./attempt-span.ts";
import { OpenSpans } from "./open-spans.ts";
import { type TraceCarrier, tracingApi } from "./tracing-api.ts";

/** Spans of the attempts of a run that this machine runs, below the span of the run, which another machine began. */
export class AttemptTracer {
  private readonly run: string;
  private readonly above: TraceCarrier;
  private readonly spans: OpenSpans;

  private constructor(run: string, above: TraceCarrier, spans: OpenSpans) {
    this.run = run;
    this.above = above;
    this.spans = spans;
  }

  /** Null where nobody listens. Without a span above each attempt is a trace of its own. */
  static async open(run: string, above: TraceCarrier = {}): Promise<AttemptTracer | null> {
    const api = await tracingApi();
    return api === null ? null : new AttemptTracer(run, above, new OpenSpans(api));
  }

  /** Returns what the worker process needs to go on with the trace. */
  begin(attempt: TracedAttempt): TraceCarrier {
    const name = attemptName(attempt);
    this.spans.beginBelow(this.above, name, `attempt ${attempt.step}`, attemptAttributes(this.run, attempt));
    return this.spans.carrierOf(name);
  }

  end(attempt: TracedAttempt, { status, usage, error }: TracedEnd): void {
    const name = attemptName(attempt);
    this.spans.add(name, endAttributes(usage, error));
    this.spans.end(name, status, error !== null);
  }

  /** Nothing more is heard of those that are open. */
  close(): void {
    this.spans.endAll("lost", true);
  }
}

/** How an attempt ended, as far as its span says it. */
interface TracedEnd {
  readonly status: AttemptStatus;
  readonly usage: TaskUsage | null;
  readonly error: ErrorJson | null;
}
