import type { Clock, ErrorJson } from "../../base/index.ts";
import type { AttemptStatus } from "../run-record.ts";
import { LogFile } from "./log-file.ts";

/** Writes for an attempt whose process was killed what it could not write itself: why. */
export function noteDeath(
  path: string,
  { status, error }: { readonly status: AttemptStatus; readonly error: ErrorJson | null },
  clock: Clock,
): void {
  if (status !== "crashed" && status !== "timed-out") return;
  const log = new LogFile(path, clock);
  log.write("error", error?.stack ?? error?.message ?? status);
  log.close();
}
