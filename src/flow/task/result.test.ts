import { expect, test } from "vitest";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { storeJson } from "./result.ts";

const noStore = null as unknown as ArtifactStore;

test("a result that is no JSON is refused with what it is", async () => {
  await expect(storeJson(() => 1, 1_000, noStore)).rejects.toThrow("a result that JSON cannot hold: a function");
  await expect(storeJson({ count: 5n }, 1_000, noStore)).rejects.toMatchObject({ code: "config-invalid" });
});

test("a result over the limit is refused with its size and what to do instead", async () => {
  const result = storeJson("x".repeat(2_000), 1_000, noStore);
  await expect(result).rejects.toThrow(
    "a result of 2002 bytes as JSON; expected at most 1000. Put large data into a blob",
  );
});
