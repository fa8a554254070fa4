import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { FolderStore } from "../store/folder-store.ts";
import { LogPieces } from "./log-pieces.ts";
import { StoredLogReader } from "./stored-log-reader.ts";

const nobody = { run: "1", step: "each", index: 0, key: "a", attempt: 1 };

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindred-pieces-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("however a log grows it is few pieces, and little of it is stored twice", async () => {
  const folder = temporary();
  const store = new FolderStore(join(folder, "blobs"));
  let file = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 24 }), async (lengths) => {
      const path = join(folder, String(file++));
      const pieces = new LogPieces(path, store);
      let stored = 0;
      let text = "";
      for (const length of lengths) {
        text += `${"x".repeat(length - 1)}\n`;
        writeFileSync(path, text);
        expect(await pieces.add()).toBe(true);
        stored += pieces.stored.at(-1)?.byteCount ?? 0;
        expect(pieces.stored.length).toBeLessThanOrEqual(Math.log2(text.length) + 1);
        const sizes = pieces.stored.map(({ byteCount }) => byteCount);
        sizes.forEach((size, place) => {
          expect(size).toBeGreaterThan(sizes.slice(place + 1).reduce((sum, each) => sum + each, 0));
        });
      }
      expect(stored).toBeLessThanOrEqual(text.length * (Math.log2(text.length) + 1));
      expect(await new StoredLogReader(store).read(nobody, pieces.stored)).toBe(text);
    }),
    { numRuns: 6 },
  );
});

test("a line that is being written waits for its end", async () => {
  const folder = temporary();
  const store = new FolderStore(join(folder, "blobs"));
  const path = join(folder, "log");
  const pieces = new LogPieces(path, store);
  expect(await pieces.add()).toBe(false);
  appendFileSync(path, "whole\ntor");
  expect(await pieces.add()).toBe(true);
  expect(await pieces.add()).toBe(false);
  appendFileSync(path, "n\n");
  expect(await pieces.add()).toBe(true);
  expect(await new StoredLogReader(store).read(nobody, pieces.stored)).toBe("whole\ntorn\n");
});

test("of two letters that a piece ends between, both are read", async () => {
  const folder = temporary();
  const store = new FolderStore(join(folder, "blobs"));
  const path = join(folder, "log");
  const pieces = new LogPieces(path, store);
  appendFileSync(path, Buffer.from("é").subarray(0, 1));
  expect(await pieces.add()).toBe(false);
  appendFileSync(path, Buffer.concat([Buffer.from("é").subarray(1), Buffer.from("\n")]));
  expect(await pieces.add()).toBe(true);
  expect(await new StoredLogReader(store).read(nobody, pieces.stored)).toBe("é\n");
});
