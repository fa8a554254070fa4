import type { Clock } from "../../base/index.ts";
import { defaultProject } from "../namespace/namespace-name.ts";
import type { ResumableRun } from "../resume-command.ts";
import type { RunHead, TaskUsage } from "../run-record.ts";
import { nodeOf, type StepGraph } from "../step-graph.ts";
import type { UsageStore } from "../store/usage-store.ts";
import { type Amount, amountOf, nothing, together } from "./amount.ts";
import { type BudgetScope, type Budgets, type Excess, excessOf, refusedError, spentError } from "./budget.ts";
import { flowPrice, type StepHistory, stepPrice } from "./price.ts";

const dayMs = 86_400_000;

/** How old the figures of other runs may be. */
const refreshMs = 2_000;

/** Whose budgets they are. */
export interface BudgetPlace {
  readonly project: string | null;
  readonly namespace?: string | undefined;
  readonly flow: string;
  /** Null before there is a run. */
  readonly run: string | null;
  readonly holder?: ResumableRun["holder"];
}

/** What one attempt used. */
export interface Spending {
  /** Nothing further may begin: a ceiling is passed. */
  readonly isTooMuch: boolean;
  /** Once the end of the attempt is in the metadata. @throws budget-spent when a ceiling is passed */
  recorded(): Promise<void>;
}

/** Holds a run to its budgets: before it starts, when a step's width is known, and while it runs. */
export class BudgetWatch {
  private readonly budgets: Budgets;
  private readonly store: UsageStore;
  private readonly place: BudgetPlace;
  private readonly clock: Clock;
  private readonly hasCeilings: boolean;
  private history: ReadonlyMap<string, StepHistory> | null = null;
  private used: Record<BudgetScope, Amount> = { run: nothing, branch: nothing, project: nothing };
  private readMs: number | null = null;
  private readonly unrecorded = new Set<Amount>();

  constructor(budgets: Budgets | undefined, store: UsageStore, place: BudgetPlace, clock: Clock) {
    this.budgets = budgets ?? {};
    this.store = store;
    this.place = place;
    this.clock = clock;
    this.hasCeilings = Object.values(this.budgets).some((ceilings) => ceilings !== undefined);
  }

  /** The watch over a run that is made. */
  static of(run: RunHead, budgets: Budgets | undefined, store: UsageStore, clock: Clock): BudgetWatch {
    return new BudgetWatch(budgets, store, run, clock);
  }

  /** @throws refused when a run of the flow is expected to go beyond a ceiling */
  async mayStart(graph: StepGraph): Promise<void> {
    if (!this.hasCeilings) return;
    await this.refresh();
    const excess = excessOf(this.budgets, this.used, flowPrice(graph, await this.pastSteps()));
    if (excess !== null) throw refusedError(excess, `a run of ${graph.flow}`, null);
  }

  /** @throws refused when the tasks of a step that are still to be done are expected to go beyond a ceiling */
  async mayFanOut(graph: StepGraph, step: string, tasks: number): Promise<void> {
    const node = nodeOf(graph, step);
    if (!this.hasCeilings || node === undefined) return;
    await this.refresh();
    const price = stepPrice(node, tasks, (await this.pastSteps()).get(step));
    const excess = excessOf(this.budgets, this.used, price);
    if (excess !== null) throw refusedError(excess, `step ${step} with ${tasks} tasks`, this.run);
  }

  /** Counts what an attempt used that has ended, before that is recorded. */
  spend(usage: TaskUsage | null): Spending {
    const amount = amountOf(1, usage ?? {});
    this.unrecorded.add(amount);
    return {
      isTooMuch: this.hasCeilings && this.excess() !== null,
      recorded: () => this.recorded(amount),
    };
  }

  private get run(): ResumableRun | null {
    const { run } = this.place;
    return run === null ? null : { ...this.place, run };
  }

  private async recorded(amount: Amount): Promise<void> {
    this.unrecorded.delete(amount);
    if (!this.hasCeilings) return;
    if (this.readMs === null || this.clock.nowMs() - this.readMs >= refreshMs) await this.refresh();
    else this.used = withMore(this.used, amount);
    const excess = this.excess();
    if (excess !== null) throw spentError(excess, this.run ?? { run: "latest" });
  }

  /** Of what is recorded and what is not yet. */
  private excess(): Excess | null {
    return excessOf(this.budgets, [...this.unrecorded].reduce(withMore, this.used), nothing);
  }

  private async refresh(): Promise<void> {
    const { run, namespace } = this.place;
    const project = this.place.project ?? defaultProject;
    const nowMs = this.clock.nowMs();
    const since = (days: number | undefined): number | undefined =>
      days === undefined ? undefined : nowMs - days * dayMs;
    const { branch: onBranch, project: inProject } = this.budgets;
    this.used = {
      run: run === null || this.budgets.run === undefined ? nothing : await this.store.used({ project, run }),
      branch:
        onBranch === undefined ? nothing : await this.store.used({ project, namespace, sinceMs: since(onBranch.days) }),
      project: inProject === undefined ? nothing : await this.store.used({ project, sinceMs: since(inProject.days) }),
    };
    this.readMs = nowMs;
  }

  private async pastSteps(): Promise<ReadonlyMap<string, StepHistory>> {
    this.history ??= await this.store.history(this.place.project ?? defaultProject, this.place.flow);
    return this.history;
  }
}

function withMore({ run, branch, project }: Record<BudgetScope, Amount>, more: Amount): Record<BudgetScope, Amount> {
  return { run: together(run, more), branch: together(branch, more), project: together(project, more) };
}
