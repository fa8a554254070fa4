import { expect, test } from "vitest";
import { kernelMemory, openKernel } from "./kernel.ts";

test("a kernel that was never built is absent, not an error", () => {
  expect(openKernel("no-such-kernel", kernelMemory(1, 1))).toBeUndefined();
});

test("memory grows up to its limit and no further, under the same address for all threads", () => {
  const memory = kernelMemory(1, 2);
  expect(memory.buffer).toBeInstanceOf(SharedArrayBuffer);
  memory.grow(1);
  expect(memory.buffer.byteLength).toBe(2 * 65_536);
  expect(() => memory.grow(1)).toThrow(RangeError);
});
