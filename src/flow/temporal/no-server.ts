import { KindredError } from "../../base/index.ts";

/** The error for an address at which no Temporal server answers. */
export function noServer(address: string, cause: unknown): KindredError {
  return new KindredError("run-failed", {
    seen: `no Temporal server answers at ${address}: ${(cause as Error).message}`,
    hint: "Start one, or name it: --address, KINDRED_TEMPORAL",
    cause,
  });
}
