import { KindredError } from "../base/index.ts";
import type {
  Awaitable,
  EachOf,
  ForeachNames,
  ForeachOptions,
  Grouped,
  NewName,
  Outcome,
  Result,
  Seen,
  SingleOptions,
  Skippable,
  StepType,
  With,
  WithinOptions,
} from "./flow-types.ts";
import { checkPlaces } from "./inputs/named-paths.ts";
import { appendNode, assertName } from "./make-node.ts";
import { type JsonParams, type ParamsCheck, type ParamsOf, readParams } from "./params/flow-params.ts";
import type { StepGraph } from "./step-graph.ts";
import type { ItemContext, TaskContext } from "./task-context.ts";
import { checkTrigger, type Trigger } from "./trigger/trigger.ts";

/** The code of a step, found by its name in a worker. */
export interface StepCode {
  readonly task: (context: ItemContext<never, never, never>) => unknown;
  readonly when?: (art: never, params: never) => unknown;
  readonly over?: (first: never, second: never) => unknown;
  readonly key?: (item: never, index: number) => string;
  readonly size?: (item: never, index: number) => number;
}

const marker = Symbol.for("kindred.flow");

/**
 * A flow: steps that wait for each other, each with the typed artifacts of its ancestors. Immutable: `step` and `foreach`
 * return a new one. A module exports it, and workers load it from there by the module's URL.
 * @example
 * export default flow("count-words", { params: { files: ["a.txt"] } })
 *   .foreach("count", { over: (_art, params) => params.files, key: (file) => file }, async ({ item }) => countWords(item))
 *   .step("sum", ({ art }) => art.count.reduce((sum, count) => sum + count, 0));
 */
export class Flow<Params extends object, Steps, Last extends keyof Steps> {
  /** Marks the family across two copies of the package, where `instanceof` would fail. */
  readonly [marker] = true;
  readonly graph: StepGraph;
  readonly code: ReadonlyMap<string, StepCode>;
  /** Checks the params of a run beyond their JSON Schema; null where that says all. */
  readonly checkParams: ParamsCheck | null;
  /** The step that a step without `after` waits for; only the types know of it. */
  declare readonly last: Last;

  constructor(graph: StepGraph, code: ReadonlyMap<string, StepCode>, checkParams: ParamsCheck | null) {
    this.graph = graph;
    this.code = code;
    this.checkParams = checkParams;
  }

  /** Appends a step of one task. What the function returns is the artifact of the step. */
  step<const Name extends string, R>(
    name: NewName<Name, Steps>,
    task: (context: TaskContext<Params, Seen<Steps, Last>>) => Awaitable<Result<R> & R>,
  ): Flow<Params, With<Steps, Name, Single<Outcome<R, false>, Sees<Steps, Last>>>, Name>;
  step<
    const Name extends string,
    R,
    const After extends keyof Steps = Last,
    const Caught extends boolean = false,
    Condition extends boolean = never,
  >(
    name: NewName<Name, Steps>,
    options: SingleOptions<Params, Seen<Steps, After>, After, Caught, Condition>,
    task: (context: TaskContext<Params, Seen<Steps, After>>) => Awaitable<Result<R> & R>,
  ): Flow<Params, With<Steps, Name, Single<Skippable<Outcome<R, Caught>, Condition>, Sees<Steps, After>>>, Name>;
  step(name: unknown, second: unknown, third?: unknown): never {
    const [options, task] = typeof second === "function" ? [{}, second] : [second, third];
    return this.append(name as string, "single", options as AnyOptions, task as StepCode["task"]) as never;
  }

  /**
   * Appends a step of one task for each item of each task of the foreach it is `within`. Its artifact is an array of arrays:
   * for each task of the outer foreach the outcomes of its items.
   */
  foreach<
    const Name extends string,
    const Within extends ForeachNames<Steps>,
    Item,
    R,
    const After extends keyof Steps = Last,
    const Caught extends boolean = false,
    Condition extends boolean = never,
  >(
    name: NewName<Name, Steps>,
    options: WithinOptions<
      Params,
      Seen<Steps, After | Within>,
      After,
      Caught,
      Condition,
      Item,
      Within,
      EachOf<Steps, Within>
    >,
    task: (context: ItemContext<Params, Seen<Steps, After | Within>, Item>) => Awaitable<Result<R> & R>,
  ): Flow<
    Params,
    With<
      Steps,
      Name,
      Each<Item, Outcome<R, Caught>, [0, ...EachOf<Steps, Within>["levels"]], Condition, Sees<Steps, After | Within>>
    >,
    Name
  >;
  /** Appends a step of one task an item. Its artifact is the array of what the function returned, in the order of the items. */
  foreach<
    const Name extends string,
    Item,
    R,
    const After extends keyof Steps = Last,
    const Caught extends boolean = false,
    Condition extends boolean = never,
  >(
    name: NewName<Name, Steps>,
    options: ForeachOptions<Params, Seen<Steps, After>, After, Caught, Condition, Item>,
    task: (context: ItemContext<Params, Seen<Steps, After>, Item>) => Awaitable<Result<R> & R>,
  ): Flow<Params, With<Steps, Name, Each<Item, Outcome<R, Caught>, [0], Condition, Sees<Steps, After>>>, Name>;
  foreach(name: unknown, options: unknown, task: unknown): never {
    return this.append(name as string, "foreach", options as AnyOptions, task as StepCode["task"]) as never;
  }

  private append(name: string, kind: "single" | "foreach", options: AnyOptions, task: StepCode["task"]): unknown {
    assertStep(name, options, task);
    const { when, over, key, size } = options as unknown as StepCode;
    const fanOut = { ...(over && { over }), ...(key && { key }), ...(size && { size }) };
    const code: StepCode = { task, ...(when && { when }), ...fanOut };
    const graph = appendNode(this.graph, name, kind, options);
    return new Flow(graph, new Map([...this.code, [name, code]]), this.checkParams);
  }
}

/** For flows that no type checker read. @throws config-invalid */
function assertStep(name: string, options: unknown, task: unknown): void {
  if (typeof task === "function" && typeof options === "object" && options !== null) return;
  throw new KindredError("config-invalid", {
    seen: `step ${JSON.stringify(name)} without its code`,
    expected: "(name, function), or (name, options, function)",
  });
}

type AnyOptions = Parameters<typeof appendNode>[3];
type Sees<Steps, After extends keyof Steps> = (After | (Steps[After] extends StepType ? Steps[After]["sees"] : never)) &
  string;
type Single<Artifact, Seen extends string> = { readonly artifact: Artifact; readonly sees: Seen; readonly each: null };
type Each<Item, R, Levels extends readonly unknown[], Condition, Seen extends string> = {
  readonly artifact: Skippable<Grouped<Levels, R>, Condition>;
  readonly sees: Seen;
  readonly each: { readonly item: Item; readonly outcome: R; readonly levels: Levels };
};

/**
 * Begins a flow. Params are an object of defaults, which give their names and types, or a zod object, which also checks
 * what is given and describes the flags of `kindred run`.
 */
export function flow<Given extends object = Record<never, never>>(
  name: string,
  options: {
    readonly project?: string;
    readonly params?: Given & JsonParams<Given>;
    /** Which params name files, as paths, folders or globs: `["input", "sources.*.path"]`. A cluster brings them along. */
    readonly files?: readonly string[];
    /** What makes it run, where `kindred run FLOW --triggered` watches. */
    readonly triggers?: readonly Trigger[];
  } = {},
): Flow<ParamsOf<Given>, Record<never, never>, never> {
  assertName("flow", name);
  const { defaults, schema, check } = readParams(name, options.params ?? {});
  const graph = {
    ...{ flow: name, project: options.project ?? null, params: defaults, paramsSchema: schema, steps: [] },
    ...(options.files === undefined
      ? {}
      : { files: checkPlaces(name, options.files, Object.keys(schema.properties ?? {})) }),
    ...(options.triggers === undefined ? {} : { triggers: options.triggers.map(checkTrigger) }),
  };
  return new Flow(graph, new Map(), check) as never;
}

/** A flow whose types are not known. */
export type AnyFlow = Flow<never, Record<never, never>, never>;

/** True for a flow, also one made by another copy of the package. */
export function isFlow(value: unknown): value is AnyFlow {
  return typeof value === "object" && value !== null && marker in value;
}
