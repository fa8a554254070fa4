import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { inFolderOf } from "../fixtures/catalogues.ts";
import { decisionsInForce, logDecisions, readDecisionLog } from "./decision-log.ts";
import { withFileLock } from "./file-lock.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

test("three processes that decide at once write whole lines, and no number twice", async () => {
  await inFolderOf({}, async (home) => {
    const ended = ["x", "y", "z"].map(async (name) => {
      const child = spawn(process.execPath, [fixture("decide-many.ts"), home, name, "15"], { stdio: "ignore" });
      return once(child, "exit");
    });
    expect(await Promise.all(ended)).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    const events = await readDecisionLog(home);
    expect(events.map((event) => event.event)).toEqual(Array.from({ length: 45 }, (_, i) => i + 1));
    expect(decisionsInForce(events)).toHaveLength(45);
  });
});

test("a process that is killed with the lock in hand gives it back", async () => {
  await inFolderOf({}, async (home) => {
    const holder = spawn(process.execPath, [fixture("hold-lock.ts"), join(home, "decisions.lock")], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(holder.stdout, "data");
    let isLogged = false;
    const logged = logDecisions(
      home,
      [{ kind: "same", left: { source: "a", id: "1" }, right: { source: "b", id: "1" } }],
      0,
    ).then((events) => {
      isLogged = true;
      return events;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isLogged).toBe(false);
    holder.kill("SIGKILL");
    expect((await logged).map((event) => event.event)).toEqual([1]);
  });
});

test("what fails under the lock gives it back too", async () => {
  await inFolderOf({}, async (home) => {
    const path = join(home, "deep/decisions.lock");
    await expect(withFileLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withFileLock(path, () => Promise.resolve("yes"))).toBe("yes");
  });
});
