import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { sha256 } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import { folderKind, s3Kind } from "./fixtures/artifact-places.ts";

const bytes = new TextEncoder().encode("Knives Out");
const ref: BlobRef = { blob: sha256(bytes), byteCount: 10 };

describe.each([folderKind, s3Kind()])("artifacts in $name", (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  async function emptyPlace() {
    const place = await kind.makePlace();
    onTestFinished(() => place.remove());
    return { place, store: await place.open() };
  }

  test("bytes put are got again, by whoever opens the place, from what their hash names", async () => {
    const { place, store } = await emptyPlace();
    const refs = await Promise.all([store.put(bytes), store.put(bytes), store.put(bytes)]);
    expect(refs).toEqual([ref, ref, ref]);
    expect(Buffer.from((await place.read(ref.blob)) ?? [])).toEqual(Buffer.from(bytes));
    const other = await place.open();
    expect(Buffer.from(await other.get(ref))).toEqual(Buffer.from(bytes));
    expect(readFileSync(await other.path(ref), "utf8")).toBe("Knives Out");
    expect(await other.path(ref)).toBe(await other.path(ref));
  });

  test("any bytes come back as they were, the empty ones too", async () => {
    const { store } = await emptyPlace();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (any) => {
        expect(Buffer.from(await store.get(await store.put(any)))).toEqual(Buffer.from(any));
      }),
      { seed: 20261126, numRuns: 15, examples: [[new Uint8Array()]] },
    );
  });

  test("a file is copied, or moved when it may be", async () => {
    const { place, store } = await emptyPlace();
    const file = join(place.folder, "file");
    writeFileSync(file, bytes);
    expect(await store.putFile(file, false)).toEqual(ref);
    expect(existsSync(file)).toBe(true);
    expect(await store.putFile(file, true)).toEqual(ref);
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(await store.path(ref), "utf8")).toBe("Knives Out");
  });

  test("a file of many megabytes goes through in parts and comes back whole", async () => {
    const { place, store } = await emptyPlace();
    const large = Buffer.alloc(24 * 1024 * 1024 + 5, "a film of many parts, ");
    const file = join(place.folder, "large");
    writeFileSync(file, large);
    const stored = await store.putFile(file, false);
    expect(stored).toEqual({ blob: sha256(large), byteCount: large.byteLength });
    expect(await store.putFile(file, true)).toEqual(stored);
    expect(readFileSync(await (await place.open()).path(stored)).equals(large)).toBe(true);
  });

  test.each([
    ["shorter", bytes.slice(0, 4)],
    ["changed", new TextEncoder().encode("Knives In!")],
    ["gone", null],
  ])(
    "a blob that is %s is damaged for whoever reads it, and putting it again heals a torn one",
    async (how, damage) => {
      const { place, store } = await emptyPlace();
      await store.put(bytes);
      await place.damage(ref.blob, damage);
      const where = { file: expect.stringContaining(`${ref.blob.slice(0, 2)}/${ref.blob.slice(2)}`) };
      await expect(store.get(ref)).rejects.toMatchObject({ code: "artifact-damaged", parts: { where } });
      await expect(store.path(ref)).rejects.toMatchObject({ code: "artifact-damaged" });
      // A put looks at the bytes of a file that is there; of an object only at its length, since the server keeps its own check sums.
      if (how === "changed" && kind.name === "S3") return;
      await store.put(bytes);
      expect(Buffer.from(await store.get(ref))).toEqual(Buffer.from(bytes));
    },
  );

  test("a reference that is none is refused before anything is looked up", async () => {
    const { store } = await emptyPlace();
    await expect(store.get({ blob: "../../etc/passwd", byteCount: 1 })).rejects.toMatchObject({
      code: "argument-invalid",
    });
  });
});
