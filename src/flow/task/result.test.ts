import { expect, test } from "vitest";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { storeJson } from "./result.ts";

const noStore = null as unknown as ArtifactStore;

test("a result that is no JSON is refused with what it is", async () => {
  await expect(storeJson(() => 1, 1_000, noStore)).rejects.toThrow("a result that JSON cannot hold: it is a function");
  await expect(storeJson({ rows: [1, { call: () => 1 }] }, 1_000, noStore)).rejects.toThrow(
    "it.rows[1].call is a function",
  );
  await expect(storeJson([new Map()], 1_000, noStore)).rejects.toThrow("it[0] is a Map");
  await expect(storeJson({ bytes: new Uint8Array(1) }, 1_000, noStore)).rejects.toThrow("it.bytes is bytes");
  const circle: { self?: unknown } = {};
  circle.self = circle;
  await expect(storeJson(circle, 1_000, noStore)).rejects.toThrow("circular");
  expect(await storeJson({ at: new Date(0), none: undefined }, 1_000, noStore)).toEqual({
    inline: '{"at":"1970-01-01T00:00:00.000Z"}',
  });
  await expect(storeJson({ count: 5n }, 1_000, noStore)).rejects.toMatchObject({ code: "config-invalid" });
});

test("a result over the limit is refused with its size and what to do instead", async () => {
  const result = storeJson("x".repeat(2_000), 1_000, noStore);
  await expect(result).rejects.toThrow(
    "a result of 2002 bytes as JSON; expected at most 1000. Put large data into a blob",
  );
});
