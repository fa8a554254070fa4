import type { Jsonable } from "./json.ts";
import type { StepOptions } from "./step-options.ts";
import type { TaskFailure } from "./task-failure.ts";

/** What the types know of a step. */
export interface StepType {
  readonly artifact: unknown;
  /** The names of all steps before it. */
  readonly sees: string;
  /** Of a foreach: what each task is given and yields, and one element for each level of arrays in the artifact. */
  readonly each: EachType | null;
}

/** What the types know of the tasks of a foreach. */
export interface EachType {
  readonly item: unknown;
  readonly outcome: unknown;
  readonly levels: readonly unknown[];
}

/** Type error of a step whose result would not survive JSON; put bytes into a blob and return its reference. */
export interface NotJson {
  readonly "a step returns JSON; put other values into a blob": never;
}

/** Type error of a second step with the same name. */
export interface DuplicateStep {
  readonly "a step of this name exists": never;
}

/** A value, or a promise of it. */
export type Awaitable<R> = R | Promise<R>;

/** The items of a foreach: at once, or one after the other as they are found. */
export type Items<Item> = Awaitable<Iterable<Item> & object> | AsyncIterable<Item>;

/** The name of a new step. */
export type NewName<Name extends string, Steps> = Name extends keyof Steps ? DuplicateStep : Name;

/** A result that survives JSON. */
export type Result<R> = [R] extends [Jsonable<R>] ? R : [R] extends [void] ? R : NotJson;

/** An item that survives JSON. Where nothing is known of it another error says more. */
type ItemOf<Item> = unknown extends Item ? Item : Result<Item> & Item;

/** The artifacts that a step sees which waits for `After`: those of its ancestors, of no other branch. */
export type Seen<Steps, After extends keyof Steps> = {
  readonly [Name in keyof Steps & (After | SeenBy<Steps[After]>)]: ArtifactOf<Steps[Name]>;
};

type SeenBy<Step> = Step extends StepType ? Step["sees"] : never;
type ArtifactOf<Step> = Step extends StepType ? Step["artifact"] : never;

/** What a task leaves: nothing returned is null, and a caught failure may stand in its place. */
export type Outcome<R, Caught extends boolean> =
  | ([R] extends [void] ? null : R)
  | (true extends Caught ? TaskFailure : never);

/** A step that may be skipped leaves null. `Condition` is never for a step without one. */
export type Skippable<Artifact, Condition> = [Condition] extends [never] ? Artifact : Artifact | null;

/** Outcomes in as many arrays as there are levels. */
export type Grouped<Levels extends readonly unknown[], R> = Levels extends readonly [unknown, ...infer Inner]
  ? readonly Grouped<Inner, R>[]
  : R;

/** The names of the steps that fan out. */
export type ForeachNames<Steps> = {
  [Name in keyof Steps]: Steps[Name] extends { readonly each: EachType } ? Name : never;
}[keyof Steps];

/** What a foreach is, by its name. */
export type EachOf<Steps, Name extends keyof Steps> = Steps[Name] extends { readonly each: infer Each extends EachType }
  ? Each
  : never;

/** One more step. */
export type With<Steps, Name extends string, Step extends StepType> = Steps & { readonly [K in Name]: Step };

/** What a step without fan-out may declare. */
export interface SingleOptions<Params, Artifacts, After, Caught, Condition> extends StepOptions {
  /** The steps it waits for, and with them all before: the only ones whose artifacts it sees. Default: the step written before. */
  readonly after?: readonly After[];
  /** Asked once a run, when the steps before are done: the step is skipped when it is false, and its artifact is null. */
  readonly when?: (art: Artifacts, params: Params) => Awaitable<Condition>;
  /** A task whose attempts are used up yields a {@link TaskFailure} in place of its result, and the run goes on. */
  readonly catch?: Caught;
}

/** What a foreach fans out over. */
export interface ForeachOptions<Params, Artifacts, After, Caught, Condition, Item>
  extends SingleOptions<Params, Artifacts, After, Caught, Condition> {
  /**
   * The items, from the artifacts of the steps before: JSON-able, in an order of meaning. Called once a run. Many of them
   * are better yielded than returned: they are stored as they come, and are never in memory all at a time.
   */
  readonly over: (art: Artifacts, params: Params) => Items<ItemOf<Item>>;
  /** The stable name of an item: its label in the run, its address, its identity for resume. Unique within the step. */
  readonly key: (item: Item, index: number) => string;
  /** How large an item is beside the others, in any unit: until an earlier run tells, large ones begin first. */
  readonly size?: (item: Item, index: number) => number;
}

/** What a foreach within another fans out over: again the items of each of its tasks. */
export interface WithinOptions<Params, Artifacts, After, Caught, Condition, Item, Within, Each extends EachType>
  extends SingleOptions<Params, Artifacts, After, Caught, Condition> {
  /** The foreach whose tasks are fanned out again; it is waited for. */
  readonly within: Within;
  /** The items of one task of the outer foreach, from its item and its outcome. */
  readonly over: (parent: ParentTask<Params, Artifacts, Each>) => Items<ItemOf<Item>>;
  /** The name of an item, unique among the items of its parent: a task is called `parentKey/key`. */
  readonly key: (item: Item, index: number) => string;
  /** How large an item is beside the others, in any unit: until an earlier run tells, large ones begin first. */
  readonly size?: (item: Item, index: number) => number;
}

/** A task of the outer foreach. */
export interface ParentTask<Params, Artifacts, Each extends EachType> {
  readonly item: Each["item"];
  readonly outcome: Each["outcome"];
  readonly art: Artifacts;
  readonly params: Params;
}
