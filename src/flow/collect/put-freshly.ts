import { type Clock, systemClock } from "../../base/index.ts";
import { graceMs } from "./retention.ts";

/**
 * Puts blobs that a row is to name when all of them are there. No row names them until then, so of a put that took long a collection may
 * have taken the first: put once more they are there, and dated as used now.
 */
export async function putFreshly<T>(put: () => Promise<T>, clock: Clock = systemClock): Promise<T> {
  const beganMs = clock.nowMs();
  const made = await put();
  return clock.nowMs() - beganMs < graceMs / 2 ? made : put();
}
