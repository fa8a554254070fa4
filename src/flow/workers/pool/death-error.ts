import { type ErrorCode, type ErrorJson, type ErrorParts, errorToJson, KindredError } from "../../../base/index.ts";

/** The error of an attempt whose worker died or was killed. Its stack is not ours, which says nothing of it, but what the worker left of its own. */
export function deathError(code: ErrorCode, parts: ErrorParts, lastWords = ""): ErrorJson {
  const { stack: _ours, ...error } = errorToJson(new KindredError(code, parts));
  return lastWords === "" ? error : { ...error, stack: `${error.message}\n${lastWords}` };
}
