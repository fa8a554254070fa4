import { type TraceCarrier, tracingApi } from "./tracing-api.ts";

/**
 * Calls the code of a step in a span of its own within the trace that came with the order, so that what the code itself traces
 * stands below it. Without an SDK in this process it is only called.
 */
export async function tracedTask<T>(
  {
    step,
    key,
    trace: carrier,
  }: { readonly step: string; readonly key: string; readonly trace?: TraceCarrier | undefined },
  call: () => T,
): Promise<Awaited<T>> {
  const api = await tracingApi();
  if (api === null) return await call();
  const { context, propagation, trace, SpanStatusCode } = api;
  const above = propagation.extract(context.active(), carrier ?? {});
  const attributes = { "kindred.step": step, "kindred.key": key };
  const span = trace.getTracer("kindred").startSpan(`task ${step}`, { attributes }, above);
  try {
    return await context.with(trace.setSpan(above, span), call);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
