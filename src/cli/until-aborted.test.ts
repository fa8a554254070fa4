import { expect, test } from "vitest";
import { untilAborted } from "./until-aborted.ts";

test("a Ctrl-C is heard by whoever waits for one, also when it came before", async () => {
  const controller = new AbortController();
  const heard = untilAborted(controller.signal);
  controller.abort();
  await heard;
  await expect(untilAborted(controller.signal)).resolves.toBeUndefined();
});
