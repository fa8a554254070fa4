import { KindredError } from "../base/index.ts";
import type { Jsonable } from "./json.ts";
import { flowLimits } from "./limits.ts";
import type { RetryPolicy, StepGraph, StepNode } from "./step-graph.ts";
import type { ItemContext, TaskContext } from "./task-context.ts";

/** What may be declared of any step. */
export interface StepOptions {
  /** Further attempts after a failed one: a count, or a count with its back-off (default 1 s, doubled, at most 60 s). */
  readonly retry?: number | (Partial<RetryPolicy> & { readonly count: number });
  /** An attempt that takes longer is killed. */
  readonly timeoutMs?: number;
  /** Cores that a task uses, default 1: so many of the run's workers are kept free for it. */
  readonly cpu?: number;
  readonly memoryMiB?: number;
}

/** What a foreach fans out over. */
export interface ForeachOptions<Params, Artifacts, Item> extends StepOptions {
  /** The items, from the artifacts of the steps before: JSON-able, in an order of meaning. Called once a run. */
  readonly over: (art: Artifacts, params: Params) => readonly Item[];
  /** The stable name of an item: its label in the run, its address, its identity for resume. Unique within the step. */
  readonly key: (item: Item, index: number) => string;
}

/** Type error of a step whose result would not survive JSON; put bytes into a blob and return its reference. */
export interface NotJson {
  readonly "a step returns JSON; put other values into a blob": never;
}

/** Type error of a second step with the same name. */
export interface DuplicateStep {
  readonly "a step of this name exists": never;
}

type NewName<Name extends string, Artifacts> = Name extends keyof Artifacts ? DuplicateStep : Name;
type Result<R> = [R] extends [Jsonable<R>] ? R : [R] extends [void] ? R : NotJson;
type Awaitable<R> = R | Promise<R>;
/** What a later step reads of a result: nothing returned is null. */
type Artifact<R> = [R] extends [void] ? null : R;
type With<Artifacts, Name extends string, Value> = Artifacts & { readonly [K in Name]: Value };

/** The code of a step, found by its name in a worker. */
export interface StepCode {
  readonly task: (context: ItemContext<never, never, never>) => unknown;
  readonly over?: (art: never, params: never) => readonly unknown[];
  readonly key?: (item: never, index: number) => string;
}

const marker = Symbol.for("kindred.flow");

/**
 * A flow: steps in order, each with the typed artifacts of the steps before. Immutable: `step` and `foreach` return a new one.
 * A module exports it, and workers load it from there by the module's URL.
 * @example
 * export default flow("count-words", { params: { files: ["a.txt"] } })
 *   .foreach("count", { over: (_art, params) => params.files, key: (file) => file }, async ({ item }) => countWords(item))
 *   .step("sum", ({ art }) => art.count.reduce((sum, count) => sum + count, 0));
 */
export class Flow<Params extends object, Artifacts extends object> {
  /** Marks the family across two copies of the package, where `instanceof` would fail. */
  readonly [marker] = true;
  readonly graph: StepGraph;
  readonly code: ReadonlyMap<string, StepCode>;

  constructor(graph: StepGraph, code: ReadonlyMap<string, StepCode>) {
    this.graph = graph;
    this.code = code;
  }

  /** Appends a step of one task. What the function returns is the artifact of the step. */
  step<const Name extends string, R>(
    name: NewName<Name, Artifacts>,
    task: (context: TaskContext<Params, Artifacts>) => Awaitable<Result<R> & R>,
  ): Flow<Params, With<Artifacts, Name, Artifact<R>>>;
  step<const Name extends string, R>(
    name: NewName<Name, Artifacts>,
    options: StepOptions,
    task: (context: TaskContext<Params, Artifacts>) => Awaitable<Result<R> & R>,
  ): Flow<Params, With<Artifacts, Name, Artifact<R>>>;
  step(name: unknown, second: unknown, third?: unknown): never {
    const [options, task] = typeof second === "function" ? [{}, second] : [second, third];
    return this.append(name as string, "single", options as StepOptions, { task: task as StepCode["task"] }) as never;
  }

  /** Appends a step of one task an item. Its artifact is the array of what the function returned, in the order of the items. */
  foreach<const Name extends string, Item, R>(
    name: NewName<Name, Artifacts>,
    options: ForeachOptions<Params, Artifacts, Item>,
    task: (context: ItemContext<Params, Artifacts, Item>) => Awaitable<Result<R> & R>,
  ): Flow<Params, With<Artifacts, Name, readonly Artifact<R>[]>> {
    const { over, key } = options;
    const code = { task: task as unknown as StepCode["task"], over, key } as StepCode;
    return this.append(name as string, "foreach", options, code) as never;
  }

  private append(name: string, kind: StepNode["kind"], options: StepOptions, code: StepCode): Flow<never, never> {
    const { steps } = this.graph;
    assertStepName(this.graph, name);
    const last = steps.at(-1);
    const node: StepNode = {
      name,
      kind,
      after: last === undefined ? [] : [last.name],
      retry: retryPolicy(options.retry ?? 0),
      timeoutMs: options.timeoutMs ?? null,
      cpu: options.cpu ?? 1,
      memoryMiB: options.memoryMiB ?? null,
    };
    return new Flow({ ...this.graph, steps: [...steps, node] }, new Map([...this.code, [name, code]]));
  }
}

/** Begins a flow. The defaults of the params give their names and types. */
export function flow<Params extends object = Record<never, never>>(
  name: string,
  options: { readonly project?: string; readonly params?: Params & Jsonable<Params> } = {},
): Flow<Params, Record<never, never>> {
  assertName("flow", name);
  const params = (options.params ?? {}) as Readonly<Record<string, unknown>>;
  return new Flow({ flow: name, project: options.project ?? null, params, steps: [] }, new Map());
}

/** True for a flow, also one made by another copy of the package. */
export function isFlow(value: unknown): value is Flow<never, never> {
  return typeof value === "object" && value !== null && marker in value;
}

function retryPolicy(retry: NonNullable<StepOptions["retry"]>): RetryPolicy {
  const given = typeof retry === "number" ? { count: retry } : retry;
  const policy = { backoffMs: 1_000, backoffLimitMs: 60_000, ...given };
  if (Number.isInteger(policy.count) && policy.count >= 0 && policy.count <= flowLimits.retryCount) return policy;
  throw new KindredError("config-invalid", {
    seen: `retry ${policy.count}`,
    expected: `a whole number from 0 to ${flowLimits.retryCount}`,
  });
}

function assertStepName(graph: StepGraph, name: string): void {
  assertName("step", name);
  if (graph.steps.some((step) => step.name === name)) {
    throw new KindredError("config-invalid", {
      seen: `two steps named "${name}" in flow "${graph.flow}"`,
      expected: "one",
    });
  }
  if (graph.steps.length < flowLimits.steps) return;
  throw new KindredError("limit-exceeded", { seen: `more than ${flowLimits.steps} steps in flow "${graph.flow}"` });
}

function assertName(what: string, name: string): void {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) return;
  throw new KindredError("config-invalid", {
    seen: `the ${what} name "${name}"`,
    expected: "a letter, then at most 63 letters, digits, - and _",
  });
}
