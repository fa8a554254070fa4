import type { WindowAddress } from "../address.ts";
import type { WindowReport } from "../window/window-event.ts";
import type { DrainHow } from "../window/window-state.ts";

/** What a run is told. */
export type RunEvent =
  | { readonly type: "run-begun" }
  | WindowReport
  /** The artifact of the step is stored. */
  | { readonly type: "step-closed"; readonly step: string }
  /** Its outcomes could not be joined. */
  | { readonly type: "step-broken"; readonly step: string }
  /** End soon, resumably. */
  | { readonly type: "stop" };

/** What a run asks of its host. */
export type RunCommand =
  /** Run the tasks from `start` to `end`, exclusive, and tell the run of them by {@link WindowReport}s. */
  | ({ readonly type: "open-window"; readonly start: number; readonly end: number } & WindowAddress)
  | ({ readonly type: "drain-window"; readonly how: DrainHow } & WindowAddress)
  /** Join the outcomes into the artifact, which is null for a step that is skipped; answer `step-closed` or `step-broken`. */
  | { readonly type: "close-step"; readonly step: string; readonly skipped: boolean }
  | { readonly type: "end-run"; readonly status: "done" | "failed" | "interrupted" };
