import { join } from "node:path";
import { homePaths } from "../home/home-paths.ts";
import type { StoredArtifact } from "../run-record.ts";
import type { TaskAddress } from "../scheduler/index.ts";
import { ancestorsOf, nodeOf, type StepGraph } from "../step-graph.ts";
import type { TaskOrder } from "../task/task-order.ts";
import type { StepItems } from "./step-items.ts";

/** What the tasks of a run are given on one machine, on whichever host. */
export class TaskInputs {
  readonly items: StepItems;
  /** Artifacts of the steps that are closed. */
  readonly artifacts = new Map<string, StoredArtifact>();
  private readonly run: string;
  private readonly graph: StepGraph;
  private readonly home: string;

  /** @param home folder of work files */
  constructor(run: string, graph: StepGraph, home: string, items: StepItems) {
    this.run = run;
    this.graph = graph;
    this.home = home;
    this.items = items;
  }

  /** One attempt as a worker process is told of it. @param known steps whose artifacts it has been told of */
  orderOf(
    { step, index, attempt, key }: TaskAddress & { readonly key: string },
    logPath: string,
    known: ReadonlySet<string>,
  ): TaskOrder {
    const seen = ancestorsOf(this.graph, step);
    const within = nodeOf(this.graph, step)?.within ?? null;
    return {
      ...{ step, index, key, attempt },
      item: this.items.item(step, index),
      outer: within === null ? null : this.items.storedOf(within),
      artifacts: Object.fromEntries([...this.artifacts].filter(([name]) => seen.has(name) && !known.has(name))),
      logPath,
      temporaryFolder: join(this.temporaryFolder, `${step}-${index}-${attempt}`),
    };
  }

  /** Work files of all tasks of the run. */
  get temporaryFolder(): string {
    return join(homePaths(this.home).temporary, this.run);
  }
}
