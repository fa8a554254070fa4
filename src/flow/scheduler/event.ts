import type { WindowAddress } from "./address.ts";
import type { RunCommand, RunEvent } from "./run/run-event.ts";
import type { TaskEvent, WindowCommand, WindowReport } from "./window/window-event.ts";

/** What the joined scheduler is told by its host. */
export type SchedulerEvent = Exclude<RunEvent, WindowReport> | TaskEvent;

/** What the joined scheduler asks of its host: the commands of both machines, and when items may be loaded and forgotten. */
export type SchedulerCommand =
  | Exclude<RunCommand, { readonly type: "drain-window" }>
  | WindowCommand
  /** The window's items are needed no more. */
  | ({ readonly type: "close-window" } & WindowAddress);
