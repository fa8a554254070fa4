import { ApplicationFailure } from "@temporalio/activity";
import { errorToJson } from "../../../base/index.ts";
import { isFatal } from "../../run-errors.ts";

/** An error as an activity throws it: what another try would only meet again is not tried again, all else is. */
export function activityError(error: unknown): unknown {
  const json = errorToJson(error);
  if (!isFatal(json)) return error;
  const { stack: _stack, ...told } = json;
  return ApplicationFailure.create({ message: json.message, type: json.code, nonRetryable: true, details: [told] });
}
