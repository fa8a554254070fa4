import type { Attributes, Context, Span } from "@opentelemetry/api";
import type { TraceCarrier } from "./tracing-api.ts";

type Api = typeof import("@opentelemetry/api");

/** Spans that are not over yet, by name. */
export class OpenSpans {
  private readonly api: Api;
  private readonly spans = new Map<string, { readonly span: Span; readonly context: Context }>();

  constructor(api: Api) {
    this.api = api;
  }

  has(name: string): boolean {
    return this.spans.has(name);
  }

  /** Begins a span below another that is open, else below what is active where it is begun. */
  begin(name: string, parent: string | null, title: string, attributes: Attributes): void {
    const above = (parent === null ? undefined : this.spans.get(parent)?.context) ?? this.api.context.active();
    this.beginIn(above, name, title, attributes);
  }

  /** Begins a span below one of another process. */
  beginBelow(carrier: TraceCarrier, name: string, title: string, attributes: Attributes): void {
    const { context, propagation } = this.api;
    this.beginIn(propagation.extract(context.active(), carrier), name, title, attributes);
  }

  /** Says more of a span that is open. */
  add(name: string, attributes: Attributes): void {
    this.spans.get(name)?.span.setAttributes(attributes);
  }

  /** What another process needs to go on below a span. */
  carrierOf(name: string): TraceCarrier {
    const carrier: Record<string, string> = {};
    const open = this.spans.get(name);
    if (open !== undefined) this.api.propagation.inject(open.context, carrier);
    return carrier;
  }

  end(name: string, status: string, failed: boolean): void {
    const open = this.spans.get(name);
    if (open === undefined) return;
    open.span.setAttribute("kindred.status", status);
    if (failed) open.span.setStatus({ code: this.api.SpanStatusCode.ERROR });
    open.span.end();
    this.spans.delete(name);
  }

  /** Ends all, the last that began first. */
  endAll(status: string, failed: boolean): void {
    for (const name of [...this.spans.keys()].reverse()) this.end(name, status, failed);
  }

  private beginIn(above: Context, name: string, title: string, attributes: Attributes): void {
    const { trace } = this.api;
    const span = trace.getTracer("kindred").startSpan(title, { attributes }, above);
    this.spans.set(name, { span, context: trace.setSpan(above, span) });
  }
}
