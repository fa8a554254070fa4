import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type ErrorCode, isKindredError } from "../base/index.ts";

/** A request that cannot be answered, with the status that says so. */
export class HttpProblem extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: ErrorCode;

  constructor(status: ContentfulStatusCode, code: ErrorCode, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Answers with what went wrong; a bug is told without its insides, which belong to the server's own output. */
export function answerProblem(error: unknown, context: Context): Response {
  if (error instanceof HttpProblem) return answer(context, error.status, error.code, error.message);
  if (isKindredError(error)) {
    const status =
      error.code === "not-found" ? 404 : error.code === "run-locked" ? 409 : error.code === "internal" ? 500 : 422;
    return answer(context, status, error.code, error.message);
  }
  console.error(error);
  return answer(context, 500, "internal", "something went wrong within Kindred; its terminal says more");
}

function answer(context: Context, status: ContentfulStatusCode, code: ErrorCode, message: string): Response {
  return context.json({ error: { code, message } }, status);
}
