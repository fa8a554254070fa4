import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { homePaths } from "../../home/home-paths.ts";
import { ItemWriter } from "../../task/item-writer.ts";
import { storeJson } from "../../task/result.ts";
import { StepItems } from "../../workers/step-items.ts";
import { workerHome } from "../fixtures/worker-home.ts";
import { WindowUses } from "./window-uses.ts";
import type { WorkerParts } from "./worker-parts.ts";

const width = 1_500;

/** Items of three windows, in the store. */
async function items({ artifacts }: WorkerParts): Promise<StepItems> {
  const writer = new ItemWriter(artifacts);
  for (let index = 0; index < width; index++) await writer.add(`film ${index}`, { index }, undefined);
  const index = { width, skipped: false, pages: await writer.end(), groups: [] };
  const stored = await storeJson(index, 1_000_000, artifacts, "the items");
  const step = new StepItems(artifacts);
  await step.add("each", stored, false);
  return step;
}

const firsts = (step: StepItems): string[] => [0, 500, 1_000].map((index) => step.key("each", index));
const nothing = async (): Promise<void> => {};

test("a worker keeps the items of the windows that it is at and of the last one, and lets the others go", async () => {
  const held = await items(await workerHome());
  const uses = new WindowUses(held);
  await uses.use({ step: "each", window: 0 }, async () => {
    await uses.use({ step: "each", window: 1 }, nothing);
    expect(firsts(held)).toEqual(["film 0", "film 500", "each"]);
  });
  expect(firsts(held)).toEqual(["each", "film 500", "each"]);
  await uses.use({ step: "each", window: 2 }, nothing);
  expect(firsts(held)).toEqual(["each", "each", "film 1000"]);
});

test("the items of a window are read from the store once, however many batches come", async () => {
  const parts = await workerHome();
  const held = await items(parts);
  const uses = new WindowUses(held);
  await uses.use({ step: "each", window: 0 }, nothing);
  rmSync(join(homePaths(parts.home).blobs), { recursive: true });
  await uses.use({ step: "each", window: 0 }, async () => expect(held.key("each", 7)).toBe("film 7"));
});
