import { expect, test } from "vitest";
import { sha256 } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import type { StepCode } from "../flow.ts";
import { flowLimits } from "../limits.ts";
import { node } from "../scheduler/fixtures/worlds.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { ItemIndex } from "./item-index.ts";
import { planStep } from "./plan-step.ts";
import { readItemPage, readItems } from "./read-items.ts";

/** An artifact store of this process's memory. */
function memoryStore(): ArtifactStore & { readonly size: () => number } {
  const blobs = new Map<string, Uint8Array>();
  return {
    size: () => blobs.size,
    put: async (bytes) => {
      const ref: BlobRef = { blob: sha256(bytes), byteCount: bytes.byteLength };
      blobs.set(ref.blob, bytes);
      return ref;
    },
    get: async (ref) => blobs.get(ref.blob) as Uint8Array,
    putFile: () => Promise.reject(new Error("no files here")),
    path: () => Promise.reject(new Error("no files here")),
  };
}

const eachCode = (code: Partial<StepCode>): StepCode => ({ task: () => 1, key: String, ...code });

function planned(code: StepCode, store = memoryStore()) {
  return planStep({ node: node("each", "foreach"), code, art: {}, params: {}, outer: null, store });
}

test("items are stored as they come, a page a window, also from an async source", async () => {
  const store = memoryStore();
  const count = 2 * flowLimits.windowTasks + 1;
  const code = eachCode({
    async *over() {
      for (let i = 0; i < count; i++) {
        // What was yielded before is in the store, but for the page under way.
        expect(store.size()).toBe(Math.floor(i / flowLimits.windowTasks));
        yield { place: i, text: "x".repeat(20) };
      }
    },
    key: ({ place }: { readonly place: number }) => `item-${place}`,
  });
  const index = await planned(code, store);
  expect([index.width, index.pages.length]).toEqual([count, 3]);
  expect(await readItemPage(index, 2, store)).toEqual({
    keys: [`item-${count - 1}`],
    items: [{ place: count - 1, text: "x".repeat(20) }],
  });
  const read = [];
  for await (const { key, item } of readItems(index, store)) read.push([key, (item as { place: number }).place]);
  expect(read).toEqual(Array.from({ length: count }, (_, i) => [`item-${i}`, i]));
});

test("no items are no pages, and no error", async () => {
  expect(await planned(eachCode({ over: () => [] }))).toEqual({ width: 0, skipped: false, pages: [], groups: [] });
});

test("two items of one key are refused also when they are pages apart", async () => {
  const items = Array.from({ length: 1_300 }, (_, i) => (i === 1_200 ? 3 : i));
  await expect(planned(eachCode({ over: () => items }))).rejects.toThrow('items 3 and 1200 have the same key "3"');
});

test.each<[string, Partial<StepCode>, string]>([
  ["null", { over: () => null }, '"over" returned null; expected an array of items'],
  ["a text", { over: () => "abc" }, '"over" returned string'],
  ["an empty key", { over: () => [1], key: () => "" }, 'item 0 has the key ""; expected a text of 1 to 200 characters'],
  [
    "a key of a million letters",
    { over: () => [1], key: () => "x".repeat(1_000_000) },
    `item 0 has the key "${"x".repeat(200)}"… of 1000000 characters; expected a text of 1 to 200`,
  ],
  ["a key that is no text", { over: () => [1], key: (() => 1) as never }, "item 0 has the key 1"],
  ["an item that is a function", { over: () => [() => 1] }, "it.items[0] is a function"],
])("%s is refused, and it says what was expected", async (_what, code, message) => {
  await expect(planned(eachCode(code))).rejects.toThrow(message);
});

test("an endless list of items ends at the limit", async () => {
  const code = eachCode({
    *over() {
      for (let i = 0; ; i++) yield i;
    },
  });
  await expect(planned(code)).rejects.toMatchObject({ code: "limit-exceeded" });
});

test("a condition must be true or false", async () => {
  const conditional = { node: node("a", "single", { conditional: true }), art: {}, params: {}, outer: null };
  const ask = (when: () => unknown) =>
    planStep({ ...conditional, code: { task: () => 1, when }, store: memoryStore() });
  expect(await ask(() => true)).toMatchObject({ width: 1, skipped: false });
  expect(await ask(async () => false)).toMatchObject({ width: 0, skipped: true });
  await expect(ask(() => "yes")).rejects.toThrow('"when" returned string; expected true or false');
});

test("a foreach within one that was skipped, or had no items, has none itself", async () => {
  const inner = {
    node: node("tile", "foreach", { within: "shard" }),
    code: eachCode({ over: () => [1, 2] }),
    params: {},
  };
  const outerOf = (index: Partial<ItemIndex>): { readonly inline: string } => ({
    inline: JSON.stringify({ width: 0, skipped: false, pages: [], groups: [], ...index }),
  });
  const expected = { width: 0, skipped: false, pages: [], groups: [[]] };
  const store = memoryStore();
  expect(await planStep({ ...inner, art: { shard: null }, outer: outerOf({ skipped: true }), store })).toEqual(
    expected,
  );
  expect(await planStep({ ...inner, art: { shard: [] }, outer: outerOf({}), store })).toEqual(expected);
});

test("a foreach within another is given each task's item and outcome, an array for an outcome too, and counts its own by them", async () => {
  const store = memoryStore();
  const given: unknown[] = [];
  const page = { inline: JSON.stringify({ keys: ["a", "b"], items: ["x", "y"] }) };
  const outer = { inline: JSON.stringify({ width: 2, skipped: false, pages: [page], groups: [] }) };
  const over = (task: { readonly item: string; readonly outcome: readonly number[] }): readonly number[] => {
    given.push([task.item, task.outcome]);
    return task.outcome;
  };
  const within = node("tile", "foreach", { within: "shard" });
  const art = { shard: [[1, 2], [3]] };
  const index = await planStep({ node: within, code: eachCode({ over }), art, params: {}, outer, store });
  expect(given).toEqual([
    ["x", [1, 2]],
    ["y", [3]],
  ]);
  expect(index).toMatchObject({ width: 3, groups: [[2, 1]] });
  expect((await readItemPage(index, 0, store))?.keys).toEqual(["a/1", "a/2", "b/3"]);
});

test("a foreach whose condition does not hold lists no items", async () => {
  const over = (): never => {
    throw new Error("asked for its items");
  };
  const conditional = node("each", "foreach", { conditional: true });
  const code = eachCode({ over, when: () => false });
  const store = memoryStore();
  expect(await planStep({ node: conditional, code, art: {}, params: {}, outer: null, store })).toMatchObject({
    skipped: true,
  });
});
