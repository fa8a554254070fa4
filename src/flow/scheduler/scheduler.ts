import { nodeOf, type StepGraph } from "../step-graph.ts";
import { countByWindow, planIndex, type StepPlan, type WindowAddress, windowOf } from "./address.ts";
import type { SchedulerCommand, SchedulerEvent } from "./event.ts";
import { advanceRun } from "./run/advance-run.ts";
import type { RunCommand, RunEvent } from "./run/run-event.ts";
import { initialRunState, type RunState, type StepHistory } from "./run/run-state.ts";
import { advanceWindow, openWindow, type WindowAdvance } from "./window/advance-window.ts";
import type { WindowEvent, WindowReport } from "./window/window-event.ts";
import type { WindowOrder, WindowState } from "./window/window-state.ts";

/** A run with the windows that are open: what one process keeps of it. */
export interface SchedulerState {
  readonly run: RunState;
  readonly windows: ReadonlyMap<string, WindowState>;
  /** Tasks with an outcome from an earlier session, by step. */
  readonly settled: ReadonlyMap<string, ReadonlySet<number>>;
}

/** What an earlier session left of a step. */
export interface StepSession {
  readonly plan: StepPlan | null;
  /** Indexes of the tasks with an outcome. */
  readonly done: readonly number[];
  readonly closed: boolean;
}

/** The next state, and what is asked of the host, in this order. */
export interface Advance {
  readonly state: SchedulerState;
  readonly commands: readonly SchedulerCommand[];
}

/** The state before `run-begun`: of a new run, or of one that goes on. */
export function initialState(graph: StepGraph, past: ReadonlyMap<string, StepSession> = new Map()): SchedulerState {
  const history = new Map<string, StepHistory>();
  const settled = new Map<string, ReadonlySet<number>>();
  for (const [step, { plan, done, closed }] of past) {
    history.set(step, { plan, settled: countByWindow(done), closed });
    if (!closed) settled.set(step, new Set(done));
  }
  return { run: initialRunState(graph, history), windows: new Map(), settled };
}

/**
 * Both machines in one, for a host that keeps a run in one process: pure, so a test can drive it through any order of
 * events. The reports of windows go to the run, the run's windows are opened and drained, the rest is the host's.
 */
export function advance(graph: StepGraph, state: SchedulerState, event: SchedulerEvent): Advance {
  const joined = new JoinedScheduler(graph, state);
  if ("index" in event) joined.tellWindow({ step: event.step, window: windowOf(event.index) }, event);
  else joined.tellRun(event);
  return joined.advance();
}

/** One advance while it is made. */
class JoinedScheduler {
  private readonly graph: StepGraph;
  private readonly settled: SchedulerState["settled"];
  private readonly windows: Map<string, WindowState>;
  private readonly commands: SchedulerCommand[] = [];
  private run: RunState;

  constructor(graph: StepGraph, state: SchedulerState) {
    this.graph = graph;
    this.run = state.run;
    this.windows = new Map(state.windows);
    this.settled = state.settled;
  }

  advance(): Advance {
    return { state: { run: this.run, windows: this.windows, settled: this.settled }, commands: this.commands };
  }

  tellRun(event: RunEvent): void {
    const { state, commands } = advanceRun(this.graph, this.run, event);
    this.run = state;
    for (const command of commands) this.obey(command);
  }

  tellWindow(address: WindowAddress, event: WindowEvent): void {
    const window = this.windows.get(nameOf(address));
    if (window !== undefined) this.follow(address, advanceWindow(window, event));
  }

  private obey(command: RunCommand): void {
    if (command.type === "drain-window") return this.tellWindow(command, { type: "drain", how: command.how });
    this.commands.push(command);
    if (command.type !== "open-window") return;
    const settled = this.settled.get(command.step);
    const order = windowOrder(this.graph, command);
    this.follow(
      command,
      openWindow(order, (index) => index !== planIndex && settled?.has(index) === true),
    );
  }

  private follow(address: WindowAddress, { window, commands }: WindowAdvance): void {
    this.windows.set(nameOf(address), window);
    for (const command of commands) {
      if (!isReport(command)) this.commands.push(command);
      else if (command.type === "window-closed") this.close(command);
      else this.tellRun(command);
    }
  }

  private close(report: WindowReport): void {
    this.windows.delete(nameOf(report));
    this.commands.push({ type: "close-window", step: report.step, window: report.window });
    this.tellRun(report);
  }
}

/** What a window of a step is opened with, on any host. The plan of a step is not its outcome, so its failure is never caught. */
export function windowOrder(
  graph: StepGraph,
  { step, window, start, end }: WindowAddress & { readonly start: number; readonly end: number },
): WindowOrder {
  const node = nodeOf(graph, step);
  const retry = node?.retry ?? { count: 0, backoffMs: 0, backoffLimitMs: 0 };
  return { step, window, start, end, retry, catches: node?.catches === true && start !== planIndex };
}

function isReport(command: WindowAdvance["commands"][number]): command is WindowReport {
  return command.type.startsWith("window-");
}

function nameOf({ step, window }: WindowAddress): string {
  return `${step}/${window}`;
}
