import { type ErrorCode, type ErrorJson, KindredError } from "../base/index.ts";

/** The outcome of a task of a step with `catch: true` whose attempts are used up: plain data that a later step looks at. */
export interface TaskFailure {
  readonly failed: true;
  readonly error: { readonly code: ErrorCode; readonly message: string };
}

/** A message longer than this is cut: an outcome is no log. */
const messageLength = 1_000;

/** True for the outcome of a task that failed. */
export function isTaskFailure(outcome: unknown): outcome is TaskFailure {
  return typeof outcome === "object" && outcome !== null && (outcome as Partial<TaskFailure>).failed === true;
}

/** The outcome of a task that failed so. */
export function taskFailure({ code, message }: ErrorJson): TaskFailure {
  const cut = message.length > messageLength ? `${message.slice(0, messageLength)}…` : message;
  return { failed: true, error: { code, message: cut } };
}

/**
 * Thrown by a step whose failure another attempt would only meet again: it is never retried.
 * @example
 * if (answer.status === 404) throw new FatalError(`${url} does not exist`);
 */
export class FatalError extends KindredError {
  constructor(message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super("fatal", { seen: message, ...options });
    this.name = "FatalError";
  }
}
