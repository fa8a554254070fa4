import { appendFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../base/index.ts";
import type { OpenLog } from "./attempt-logs.ts";
import { folderKind, storedKind } from "./fixtures/log-places.ts";
import { LogFile } from "./log-file.ts";
import { noteDeath } from "./note-death.ts";

function write({ path }: OpenLog, ...messages: string[]): void {
  const log = new LogFile(path, systemClock);
  for (const message of messages) log.info(message);
  log.close();
}

describe.each([folderKind, storedKind])("logs as $name", (kind) => {
  test("what an attempt wrote is read by whoever knows its row, apart from what others wrote", async () => {
    const logs = await kind.open();
    const [mother, knives] = [await logs.begin(0), await logs.begin(1)];
    const [first, second] = [logs.writer.open(mother), logs.writer.open(knives)];
    write(first, "Mother (2009)", "Mère\nとても");
    write(second, "Knives Out");
    await logs.end(mother, await first.close());
    await logs.end(knives, await second.close());
    expect(await logs.read(mother)).toMatch(/^\S+ info Mother \(2009\)\n\S+ info Mère\n {2}とても\n$/);
    expect(await logs.read(knives)).toMatch(/^\S+ info Knives Out\n$/);
  });

  test("each attempt of a task has a log of its own", async () => {
    const logs = await kind.open();
    const first = await logs.begin(0);
    write(logs.writer.open(first), "the first");
    await expect.poll(() => logs.read(first)).toContain("the first");
    const second = await logs.begin(0);
    const open = logs.writer.open(second);
    write(open, "the second");
    await logs.end(second, await open.close());
    expect(await logs.read(first)).not.toContain("second");
    expect(await logs.read(second)).not.toContain("first");
  });

  test("an attempt that wrote nothing has an empty log, and leaves no file", async () => {
    const logs = await kind.open();
    const attempt = await logs.begin(0);
    const open = logs.writer.open(attempt);
    const stored = await open.close();
    expect(stored).toBeNull();
    await logs.end(attempt, stored);
    expect(await logs.read(attempt)).toBe("");
    expect(existsSync(open.path)).toBe(false);
  });

  test("what was written is read while the attempt runs, and what is read later only goes on", async () => {
    const logs = await kind.open();
    const attempt = await logs.begin(0);
    const open = logs.writer.open(attempt);
    let before = "";
    for (let line = 0; line < 8; line++) {
      write(open, `line ${line}`);
      await expect.poll(() => logs.read(attempt), { interval: 10 }).toContain(`line ${line}`);
      const now = await logs.read(attempt);
      expect(now.startsWith(before)).toBe(true);
      before = now;
    }
    await logs.end(attempt, await open.close());
    expect(await logs.read(attempt)).toBe(before);
  });

  test("a process that was killed is told of in its log, by who saw it", async () => {
    const logs = await kind.open();
    const attempt = await logs.begin(0);
    const open = logs.writer.open(attempt);
    write(open, "about to take too much");
    const error = { code: "run-failed", message: "the worker was killed by SIGKILL", parts: { seen: "" } } as const;
    noteDeath(open.path, { status: "crashed", error }, systemClock);
    await logs.end(attempt, await open.close());
    expect(await logs.read(attempt)).toMatch(/too much\n\S+ error the worker was killed by SIGKILL\n$/);
  });

  test("a log is whole however it was written", async () => {
    const logs = await kind.open();
    let index = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary", maxLength: 300 }), { maxLength: 12 }), async (lines) => {
        const attempt = await logs.begin(index++);
        const open = logs.writer.open(attempt);
        mkdirSync(dirname(open.path), { recursive: true });
        const written = lines.map((line) => `${line.toWellFormed()}\n`);
        for (const line of written) appendFileSync(open.path, line);
        await logs.end(attempt, await open.close());
        expect(await logs.read(attempt)).toBe(written.join(""));
      }),
      { numRuns: 40 },
    );
  });

  test("a log that is given up keeps what was stored, and nothing more comes of it", async () => {
    const logs = await kind.open();
    const attempt = await logs.begin(0);
    const open = logs.writer.open(attempt);
    write(open, "stored");
    await expect.poll(() => logs.read(attempt)).toContain("stored");
    await open.abandon();
    await logs.end(attempt, null);
    expect(await logs.read(attempt)).toMatch(/^\S+ info stored\n$/);
  });

  test("a log whose place cannot be written fails nobody", async () => {
    const logs = await kind.open();
    const attempt = await logs.begin(0);
    const open = logs.writer.open(attempt);
    write(open, "there for a moment");
    rmSync(open.path);
    await expect(open.close()).resolves.not.toThrow();
  });
});
