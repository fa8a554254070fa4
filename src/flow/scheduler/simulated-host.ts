import type { Random } from "../../base/index.ts";
import type { StepGraph } from "../step-graph.ts";
import { expansionIndex, type SchedulerCommand, type SchedulerEvent, type TaskAddress } from "./event.ts";
import { initialState, type RunState, type StepHistory } from "./run-state.ts";
import { advance } from "./scheduler.ts";

/** How the simulated world behaves. Chances are per event. */
export interface SimulatedWorld {
  readonly graph: StepGraph;
  readonly widths: ReadonlyMap<string, number>;
  readonly failureChance: number;
  readonly fatalChance: number;
  readonly stopChance: number;
  /** The scheduler dies; what is not durable is gone. */
  readonly crashChance: number;
  /** An event comes twice, or an old one again. */
  readonly echoChance: number;
}

/** What a session of the simulated host came to; `crashed` when the scheduler died. */
type SessionEnd = "done" | "failed" | "interrupted" | "crashed";

/**
 * A host for tests: its durable part is what a real one has on disk, its events come in an order that a seed decides.
 * It throws when the scheduler asks for something it must never ask.
 */
export class SimulatedHost {
  readonly done = new Map<string, Set<number>>();
  readonly widths = new Map<string, number>();
  readonly closed: string[] = [];
  readonly attempts = new Map<string, number>();
  handedOutPeak = 0;
  private readonly world: SimulatedWorld;
  private readonly random: Random;

  constructor(world: SimulatedWorld, random: Random) {
    this.world = world;
    this.random = random;
  }

  session(): SessionEnd {
    const { graph } = this.world;
    let state: RunState = initialState(graph, this.history());
    const queued: TaskAddress[] = [];
    const inbox: SchedulerEvent[] = [{ type: "run-begun" }];
    const past: SchedulerEvent[] = [];
    for (;;) {
      if (inbox.length === 0 && queued.length > 0) inbox.push(this.runTask(take(queued, this.random)));
      const event = take(inbox, this.random);
      past.push(event);
      const next = advance(graph, state, event);
      state = next.state;
      for (const command of next.commands) {
        if (command.type === "end-run") return command.status;
        this.obey(command, queued, inbox);
      }
      this.handedOutPeak = Math.max(this.handedOutPeak, queued.length);
      if (this.random.next() < this.world.crashChance) return "crashed";
      if (this.random.next() < this.world.stopChance) inbox.push({ type: "stop" });
      if (this.random.next() < this.world.echoChance)
        inbox.push(past[this.random.integer(past.length)] as SchedulerEvent);
      if (queued.length > 0 && this.random.next() < 0.5) inbox.push(this.runTask(take(queued, this.random)));
    }
  }

  private history(): Map<string, StepHistory> {
    return new Map(
      this.world.graph.steps.map(({ name }) => [
        name,
        {
          width: this.widths.get(name) ?? null,
          done: [...(this.done.get(name) ?? [])],
          closed: this.closed.includes(name),
        },
      ]),
    );
  }

  private obey(command: SchedulerCommand, queued: TaskAddress[], inbox: SchedulerEvent[]): void {
    switch (command.type) {
      case "start-task":
        this.assertMayStart(command);
        queued.push(command);
        return;
      case "delay-task":
        inbox.push({ ...command, type: "delay-over" });
        return;
      case "withdraw-task":
      case "cancel-task": {
        const place = queued.findIndex((task) => task.step === command.step && task.index === command.index);
        if (place < 0) return;
        queued.splice(place, 1);
        inbox.push({ ...command, type: "task-withdrawn" });
        return;
      }
      case "close-step":
        this.close(command.step);
        inbox.push({ type: "step-closed", step: command.step });
    }
  }

  private runTask(task: TaskAddress): SchedulerEvent {
    const name = `${task.step}/${task.index}`;
    this.attempts.set(name, (this.attempts.get(name) ?? 0) + 1);
    if (this.random.next() < this.world.failureChance) {
      return { ...task, type: "task-failed", fatal: this.random.next() < this.world.fatalChance };
    }
    if (task.index === expansionIndex) {
      const width = this.world.widths.get(task.step) ?? 0;
      this.widths.set(task.step, width);
      return { ...task, type: "task-done", width };
    }
    const done = this.done.get(task.step) ?? new Set();
    if (done.has(task.index)) throw new Error(`${name} was done twice`);
    this.done.set(task.step, done.add(task.index));
    return { ...task, type: "task-done" };
  }

  private assertMayStart(task: TaskAddress): void {
    const node = this.world.graph.steps.find((step) => step.name === task.step);
    if (node?.after.some((name) => !this.closed.includes(name))) throw new Error(`${task.step} began too early`);
    if (this.done.get(task.step)?.has(task.index))
      throw new Error(`${task.step}/${task.index} was handed out though done`);
  }

  private close(step: string): void {
    if (this.closed.includes(step)) throw new Error(`${step} was closed twice`);
    const node = this.world.graph.steps.find((each) => each.name === step);
    const width = node?.kind === "single" ? 1 : this.world.widths.get(step);
    if ((this.done.get(step)?.size ?? 0) !== width) throw new Error(`${step} was closed with tasks missing`);
    this.closed.push(step);
  }
}

function take<T>(list: T[], random: Random): T {
  if (list.length === 0) throw new Error("the scheduler waits for nothing: the run hangs");
  return list.splice(random.integer(list.length), 1)[0] as T;
}
