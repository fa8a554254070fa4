import { appendFileSync, existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { flow, type TaskContext } from "../../src/flow/index.ts";

const params = { width: 10, quiet: false, gate: "", mark: "" };

const square = (context: TaskContext<typeof params, unknown> & { readonly item: number }): number => {
  const { item, params: given } = context;
  if (given.mark !== "") appendFileSync(given.mark, `${Date.now()}\n`);
  if (!given.quiet) console.log(`square of ${item}`);
  return item * item;
};

const sum = (squares: readonly number[], gate: string): number => {
  if (existsSync(gate)) throw new Error("as asked");
  return squares.reduce((total, each) => total + each, 0);
};

/** Trivial tasks: what is measured is what a runtime adds to them. */
export const warm = flow("squares", { params })
  .foreach("square", { over: (_art, { width }) => Array(width).keys(), key: (item) => `n${item}` }, square)
  .step("sum", ({ art, params: given }) => sum(art.square, given.gate));

/** The same, a process a task. */
export const isolated = flow("squares-isolated", { params })
  .foreach(
    "square",
    { over: (_art, { width }) => Array(width).keys(), key: (item) => `n${item}`, isolate: true },
    square,
  )
  .step("sum", ({ art, params: given }) => sum(art.square, given.gate));

/** Tasks that wait 50 ms each, without CPU. */
export const waiting = flow("squares-waiting", { params })
  .foreach(
    "square",
    { over: (_art, { width }) => Array(width).keys(), key: (item) => `n${item}` },
    async (context): Promise<number> => {
      await wait(50);
      return square(context);
    },
  )
  .step("sum", ({ art, params: given }) => sum(art.square, given.gate));
