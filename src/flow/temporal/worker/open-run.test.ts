import { expect, onTestFinished, test } from "vitest";
import { graphOf, node } from "../../scheduler/fixtures/worlds.ts";
import { heldRun, workerHome } from "../fixtures/worker-home.ts";
import { OpenRun } from "./open-run.ts";

test("a task that is handed to a worker whose pool broke meanwhile is refused with what broke it, and waits for nothing", async () => {
  const parts = await workerHome();
  const run = await OpenRun.open(parts, await heldRun(parts, graphOf([node("sum", "single")])));
  onTestFinished(() => run.close());
  const error = new Error("the ledger of this host cannot be read");
  run.broken(error);
  expect(() => run.start("sum", 0, 1)).toThrow(error);
});
