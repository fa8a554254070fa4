import type { Attributes } from "@opentelemetry/api";
import type { ErrorJson } from "../../base/index.ts";
import type { TaskUsage } from "../run-record.ts";

/** An attempt, as its span is found by. */
export interface TracedAttempt {
  readonly step: string;
  readonly key: string;
  readonly attempt: number;
}

/** The name of an attempt among the spans that are open. */
export function attemptName({ step, key, attempt }: TracedAttempt): string {
  return `${step}/${key}/${attempt}`;
}

/** What the span of an attempt says from its begin. */
export function attemptAttributes(run: string, { step, key, attempt }: TracedAttempt): Attributes {
  return { "kindred.run": run, "kindred.step": step, "kindred.key": key, "kindred.attempt": attempt };
}

/** What it says at its end. */
export function endAttributes(usage: TaskUsage | null, error: ErrorJson | null): Attributes {
  return {
    ...(usage === null
      ? {}
      : {
          "kindred.cpu_seconds": usage.cpuSeconds,
          "kindred.peak_memory_bytes": usage.peakRssBytes,
          "kindred.read_bytes": usage.blobReadBytes,
          "kindred.written_bytes": usage.blobWrittenBytes,
        }),
    ...(error === null ? {} : { "kindred.error_code": error.code }),
  };
}
