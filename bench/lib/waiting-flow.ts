import { setTimeout as sleep } from "node:timers/promises";
import { flow } from "../../src/flow/index.ts";

/** Tasks that wait without computing: what is left of a run's time is what its host costs. */
export default flow("waiting", { params: { tasks: 10_000, waitMs: 50 } })
  .foreach(
    "wait",
    {
      *over(_art, params) {
        for (let i = 0; i < params.tasks; i++) yield i;
      },
      key: String,
    },
    async ({ item, params }) => {
      await sleep(params.waitMs);
      return item * 2;
    },
  )
  .step("sum", ({ art }) => art.wait.reduce((sum, each) => sum + each, 0));
