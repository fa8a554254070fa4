import { KindredError } from "../../base/index.ts";
import { type ResumableRun, resumeCommand } from "../resume-command.ts";
import { type Amount, type AmountKind, amountKinds, together } from "./amount.ts";

/** Ceilings; what is not named has none. */
export type Ceilings = Readonly<Partial<Record<AmountKind, number | undefined>>>;

/** Ceilings of several runs together: of what they used in the last so many days, or ever. */
export type SharedCeilings = Ceilings & { readonly days?: number | undefined };

/** What a run may use: by itself, together with all of its namespace, and with all of its project. */
export interface Budgets {
  readonly run?: Ceilings | undefined;
  readonly branch?: SharedCeilings | undefined;
  readonly project?: SharedCeilings | undefined;
}

/** Whose ceiling it is. */
export type BudgetScope = keyof Budgets;

/** In the order they are told. */
const budgetScopes: readonly BudgetScope[] = ["run", "branch", "project"];

/** A ceiling that does not suffice. */
export interface Excess {
  readonly scope: BudgetScope;
  readonly kind: AmountKind;
  readonly ceiling: number;
  readonly used: number;
  readonly coming: number;
  /** Both together. */
  readonly total: number;
}

/** The first ceiling that what is used and what is to come go beyond together; null when none. */
export function excessOf(budgets: Budgets, used: Readonly<Record<BudgetScope, Amount>>, coming: Amount): Excess | null {
  for (const scope of budgetScopes) {
    const total = together(used[scope], coming);
    for (const kind of amountKinds) {
      const ceiling = budgets[scope]?.[kind];
      if (ceiling !== undefined && total[kind] > ceiling)
        return { scope, kind, ceiling, used: used[scope][kind], coming: coming[kind], total: total[kind] };
    }
  }
  return null;
}

/** What is refused before any of it is done. */
export function refusedError(excess: Excess, what: string, run: ResumableRun | null): KindredError {
  const { scope, kind, ceiling, used, coming, total } = excess;
  return new KindredError("refused", {
    seen: `${what} would take about ${figure(coming)} ${kind}, and ${figure(used)} are used already`,
    expected: `at most ${figure(ceiling)} ${kind} for the ${scope}`,
    hint: `${raised(scope, kind, Math.ceil(total), run)}, or do less`,
    ...(run === null ? {} : { where: { run: run.run } }),
  });
}

/** What a run ends with that reached a ceiling on its way; it can be resumed. */
export function spentError({ scope, kind, ceiling, used }: Excess, run: ResumableRun): KindredError {
  return new KindredError("budget-spent", {
    seen: `${figure(used)} ${kind} are used`,
    expected: `at most ${figure(ceiling)} ${kind} for the ${scope}`,
    hint: `What is finished is kept. ${raised(scope, kind, roomy(kind, Math.max(ceiling, used)), run)}`,
    where: { run: run.run },
  });
}

/** What to do to have more: as one command where that is all. */
function raised(scope: BudgetScope, kind: AmountKind, enough: number, run: ResumableRun | null): string {
  if (scope !== "run") {
    const then = run === null ? "" : `, then: ${resumeCommand(run)}`;
    return `Raise ${kind} of budgets.${scope} in kindred.yaml, such as to ${enough}${then}`;
  }
  const flag = `--budget ${kind}=${enough}`;
  return run === null ? `Raise the ceiling with ${flag}` : `Raise the ceiling: ${resumeCommand(run, [flag])}`;
}

/** Twice as much: enough to go on with for a while. */
function roomy(kind: AmountKind, amount: number): number {
  const twice = Number((2 * amount).toPrecision(2));
  return kind === "cpuHours" || kind === "money" ? twice : Math.ceil(twice);
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}
