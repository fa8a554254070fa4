import { ApplicationFailure } from "@temporalio/activity";
import { type ErrorJson, errorToJson } from "../../../base/index.ts";
import { isFatal } from "../../run-errors.ts";

/** An error as an activity throws it: what another try would only meet again is not tried again, all else is. */
export function activityError(error: unknown): unknown {
  const json = errorToJson(error);
  if (!isFatal(json)) return error;
  const { code, message } = json;
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [toldError(error)] });
}

/** An error as workflows and clients are told it. */
export function toldError(error: unknown): ErrorJson {
  const { stack: _stack, ...told } = errorToJson(error);
  return told;
}
