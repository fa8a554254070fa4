import { expect, test } from "vitest";
import { graphOf, node } from "../../scheduler/fixtures/worlds.ts";
import { RunDriver } from "./run-driver.ts";

const order = { run: "1", owner: "first", prefix: "kindred" };

/** A run whose history is so long that no window is opened any more. */
function longRun(): RunDriver {
  const graph = graphOf([node("left", "single"), node("right", "foreach"), node("end", "single", { after: ["left"] })]);
  const history = [
    { step: "right", plan: { width: 3, skipped: false }, settled: [[0, 2]] as [number, number][], closed: false },
  ];
  const driver = new RunDriver(order, { graph, history }, () => true);
  driver.tell({ type: "run-begun" });
  return driver;
}

test("a run that is stopped while its windows are held back for the next workflow ends interrupted: no next one goes on", () => {
  const driver = longRun();
  expect(driver.status).toBeNull();
  driver.stop();
  expect(driver.status).toBe("interrupted");
});

test("a run that fails while windows are held back ends failed: no next workflow hands its failed tasks out again", () => {
  const driver = longRun();
  driver.tell({ type: "window-failing", step: "left", window: 0 });
  expect(driver.status).toBe("failed");
});
