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

test("numbers that JSON would turn into null are refused with their place, and so is what it would empty", async () => {
  const place = (value: unknown): Promise<string> =>
    storeJson(value, 1_000, noStore).then(String, (error: Error) => error.message);
  expect(await place(Number.NaN)).toContain("it is NaN; expected objects, arrays, texts, finite numbers");
  expect(await place({ scores: [1, -1 / 0] })).toContain("it.scores[1] is -Infinity");
  expect(await place({ title: /jaws/ })).toContain("it.title is a RegExp");
  expect(await place([new Error("torn")])).toContain("it[0] is an error");
});

test("what JSON cannot be made of is told with its place", async () => {
  const place = (value: unknown): Promise<string> =>
    storeJson(value, 1_000, noStore, "a page of items").then(String, (error: Error) => error.message);
  expect(await place({ rows: [{ count: 5n }] })).toContain(
    "a page of items that JSON cannot hold: it.rows[0].count is a bigint",
  );
  const film = { title: "Jaws", sequels: [] as unknown[] };
  film.sequels.push({ of: film });
  expect(await place({ film, again: film })).toContain("it.film.sequels[0].of is circular");
  let deep: unknown = 1;
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  expect(await place(deep)).toContain("it is nested too deeply");
  const twice = { year: 1975 };
  expect(await storeJson([twice, twice], 1_000, noStore)).toEqual({ inline: '[{"year":1975},{"year":1975}]' });
});

test("a result over the limit is refused with its size and what to do instead", async () => {
  const result = storeJson("x".repeat(2_000), 1_000, noStore);
  await expect(result).rejects.toThrow(
    "a result of 2002 bytes as JSON; expected at most 1000. Put large data into a blob",
  );
});
