import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { isProcessAlive } from "./process-alive.ts";

test("this process lives, and one that nobody has is dead", () => {
  expect(isProcessAlive(process.pid)).toBe(true);
  expect(isProcessAlive(2 ** 22 + 1)).toBe(false);
});

test("a dead process that its parent does not collect is dead", async (context) => {
  if (process.platform !== "linux") context.skip("only Linux tells such a process apart");
  // The shell becomes a sleep, which never asks after the child that the shell left it.
  const parent = spawn("/bin/sh", ["-c", "sleep 0.1 & echo $!; exec sleep 30"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const { value } = await createInterface({ input: parent.stdout })[Symbol.asyncIterator]().next();
  const pid = Number(value);
  await expect.poll(() => isProcessAlive(pid), { timeout: 5_000 }).toBe(false);
  expect(process.kill(pid, 0)).toBe(true);
});
