import { KindredError } from "../base/index.ts";
import { flowLimits } from "./limits.ts";
import { ancestorsOf, nodeOf, type RetryPolicy, type StepGraph, type StepNode } from "./step-graph.ts";
import type { StepOptions } from "./step-options.ts";

/** What the builder is given of a step, without its code. */
export interface NodeOptions extends StepOptions {
  readonly after?: readonly string[];
  readonly within?: string;
  readonly when?: unknown;
  readonly over?: unknown;
  readonly key?: unknown;
  readonly size?: unknown;
  readonly catch?: boolean;
}

/** Every option there is: a misspelt one would say nothing, and the step would run without its time-out. */
const optionNames: Readonly<Record<keyof NodeOptions, true>> = {
  ...{ after: true, when: true, catch: true, within: true, over: true, key: true, size: true },
  ...{ retry: true, timeoutMs: true, cpu: true, memoryMiB: true, diskMiB: true, named: true },
  ...{ isolate: true, tags: true, secrets: true },
};

const retryNames: Readonly<Record<keyof RetryPolicy, true>> = { count: true, backoffMs: true, backoffLimitMs: true };

/** A timer of Node's that is set for longer goes off at once. */
const timerLimitMs = 2 ** 31 - 1;

/** The graph with one more step. @throws config-invalid, limit-exceeded */
export function appendNode(graph: StepGraph, name: string, kind: StepNode["kind"], options: NodeOptions): StepGraph {
  assertNewStep(graph, name);
  assertOptions(graph, name, options);
  assertFanOut(graph, name, kind, options);
  const node: StepNode = {
    name,
    kind,
    after: afterOf(graph, name, options),
    conditional: options.when !== undefined,
    within: options.within ?? null,
    catches: options.catch ?? false,
    retry: retryPolicy(graph, name, options.retry ?? 0),
    timeoutMs: options.timeoutMs === undefined ? null : checkedMs(name, "timeoutMs", options.timeoutMs),
    resources: {
      cpu: options.cpu === undefined ? 1 : checked(name, "cpu", options.cpu),
      memoryMiB: options.memoryMiB === undefined ? null : checked(name, "memoryMiB", options.memoryMiB),
      diskMiB: options.diskMiB === undefined ? null : checked(name, "diskMiB", options.diskMiB),
      named: namedResources(name, options.named ?? {}),
    },
    isolate: options.isolate ?? false,
    tags: options.tags ?? [],
    ...(options.secrets === undefined ? {} : { secrets: secretNames(name, options.secrets) }),
  };
  return { ...graph, steps: [...graph.steps, node] };
}

/** A name that can stand in a path and on a command line. @throws config-invalid */
export function assertName(what: string, name: string): void {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) return;
  throw new KindredError("config-invalid", {
    seen: `the ${what} name "${name}"`,
    expected: "a letter, then at most 63 letters, digits, - and _",
  });
}

function assertNewStep(graph: StepGraph, name: string): void {
  assertName("step", name);
  if (nodeOf(graph, name) !== undefined) throw invalid(graph, `two steps named "${name}"`, "one");
  if (graph.steps.length < flowLimits.steps) return;
  throw new KindredError("limit-exceeded", { seen: `more than ${flowLimits.steps} steps in flow "${graph.flow}"` });
}

function assertOptions(graph: StepGraph, name: string, options: NodeOptions): void {
  const odd = Object.keys(options).find((word) => !(word in optionNames));
  if (odd !== undefined)
    throw invalid(graph, `step "${name}" with the option "${odd}"`, `some of ${Object.keys(optionNames).join(", ")}`);
  const { when, size } = options;
  for (const [word, code] of Object.entries({ when, size })) {
    if (code !== undefined && typeof code !== "function")
      throw invalid(graph, `"${word}" of step "${name}"`, "a function");
  }
}

function assertFanOut(graph: StepGraph, name: string, kind: StepNode["kind"], options: NodeOptions): void {
  if (kind === "single") {
    const odd = (["within", "over", "key", "size"] as const).find((word) => options[word] !== undefined);
    if (odd !== undefined) throw invalid(graph, `step "${name}" with "${odd}"`, "a foreach for that");
    return;
  }
  for (const word of ["over", "key"] as const) {
    if (typeof options[word] !== "function") throw invalid(graph, `foreach "${name}" without "${word}"`, "a function");
  }
  const { within } = options;
  if (within === undefined || nodeOf(graph, within)?.kind === "foreach") return;
  throw invalid(graph, `foreach "${name}" within "${within}"`, "a foreach written before it");
}

function afterOf(graph: StepGraph, name: string, { after, within }: NodeOptions): readonly string[] {
  const last = graph.steps.at(-1)?.name;
  const given = after ?? (last === undefined ? [] : [last]);
  for (const each of given) {
    if (nodeOf(graph, each) !== undefined) continue;
    const names = graph.steps.map((step) => step.name).join(", ");
    const seen = `step "${name}" waits for "${each}", which is ${each === name ? "itself" : "no step before it"}`;
    throw invalid(graph, seen, names === "" ? "none, as it is the first" : `some of ${names}`);
  }
  const isSeen = within === undefined || given.some((each) => each === within || ancestorsOf(graph, each).has(within));
  return [...new Set(isSeen ? given : [...given, within])];
}

function retryPolicy(graph: StepGraph, step: string, retry: NonNullable<StepOptions["retry"]>): RetryPolicy {
  const given = typeof retry === "number" ? { count: retry } : retry;
  const odd = Object.keys(given).find((word) => !(word in retryNames));
  if (odd !== undefined)
    throw invalid(graph, `retry of step "${step}" with "${odd}"`, `some of ${Object.keys(retryNames).join(", ")}`);
  const { count, backoffMs = 1_000, backoffLimitMs = 60_000 } = given;
  if (!Number.isInteger(count) || count < 0 || count > flowLimits.retryCount) {
    throw new KindredError("config-invalid", {
      seen: `retry ${count}`,
      expected: `a whole number from 0 to ${flowLimits.retryCount}`,
    });
  }
  for (const [name, ms] of Object.entries({ backoffMs, backoffLimitMs })) if (ms !== 0) checkedMs(step, name, ms);
  return { count, backoffMs, backoffLimitMs };
}

function namedResources(step: string, named: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  for (const [name, amount] of Object.entries(named)) {
    assertName("resource", name);
    checked(step, name, amount);
  }
  return { ...named };
}

function secretNames(step: string, names: readonly string[]): readonly string[] {
  for (const name of names) {
    if (/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) continue;
    const seen = `the secret ${JSON.stringify(name)} of step "${step}"`;
    throw new KindredError("config-invalid", { seen, expected: "the name of a variable of the environment" });
  }
  return [...names];
}

function checkedMs(step: string, name: string, ms: number): number {
  if (checked(step, name, ms) <= timerLimitMs) return ms;
  throw new KindredError("config-invalid", {
    seen: `${name} ${ms} of step "${step}"`,
    expected: `at most ${timerLimitMs}, which is 24 days`,
  });
}

function checked(step: string, name: string, amount: number): number {
  if (Number.isFinite(amount) && amount > 0) return amount;
  throw new KindredError("config-invalid", {
    seen: `${name} ${amount} of step "${step}"`,
    expected: "a number above 0",
  });
}

function invalid(graph: StepGraph, seen: string, expected: string): KindredError {
  return new KindredError("config-invalid", { seen: `${seen} in flow "${graph.flow}"`, expected });
}
