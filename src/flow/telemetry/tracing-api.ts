type Api = typeof import("@opentelemetry/api");

/** Where an OpenTelemetry SDK registers itself, in whatever copy of the API it was written against. */
const registered = Symbol.for("opentelemetry.js.api.1");

/**
 * The OpenTelemetry API; null where nobody listens. Its package is loaded only when an SDK has registered itself in this process
 * (`NODE_OPTIONS=--import ./tracing.mjs`), so that whoever traces nothing pays nothing.
 */
export async function tracingApi(): Promise<Api | null> {
  if (!(registered in globalThis)) return null;
  return import("@opentelemetry/api").catch(() => null);
}

/** A trace as it goes from process to process: headers of the propagation that the SDK was set up with. */
export type TraceCarrier = Readonly<Record<string, string>>;
