import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { sha256 } from "../../base/index.ts";
import type { CollectableStore, HeldBlob } from "./artifact-store.ts";
import { folderKind, s3Kind } from "./fixtures/artifact-places.ts";

const hourMs = 60 * 60 * 1_000;

async function listed(store: CollectableStore): Promise<HeldBlob[]> {
  const all: HeldBlob[] = [];
  for await (const page of store.list()) all.push(...page);
  return all.sort((a, b) => (a.blob < b.blob ? -1 : 1));
}

describe.each([folderKind, s3Kind()])("collections in $name", (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  async function emptyPlace() {
    const place = await kind.makePlace();
    onTestFinished(() => place.remove());
    return { place, store: await place.open() };
  }

  const films = Array.from({ length: 30 }, (_, i) => Buffer.from(`film ${i} `.repeat(20)));

  test("all blobs are listed with their bytes and their age, and nothing else that lies there", async () => {
    const { store } = await emptyPlace();
    expect(await listed(store)).toEqual([]);
    await store.addOwner("0f", "here");
    const refs = await Promise.all(films.map((film) => store.put(film)));
    const found = await listed(store);
    expect(found.map(({ blob }) => blob)).toEqual(refs.map(({ blob }) => blob).sort());
    for (const { blob, byteCount, usedMs } of found) {
      expect(byteCount).toBe(refs.find((ref) => ref.blob === blob)?.byteCount);
      expect(Math.abs(usedMs - Date.now())).toBeLessThan(60_000);
    }
  });

  test("a blob is read in pieces, a large one and an empty one too; one that is gone is damaged", async () => {
    const { place, store } = await emptyPlace();
    for (const size of [0, 10, 64 * 1024, 9 * 1024 * 1024]) {
      const bytes = Buffer.alloc(size, "a long film, ");
      const { blob } = await store.put(bytes);
      const pieces: Uint8Array[] = [];
      for await (const piece of store.read(blob)) pieces.push(piece);
      expect(sha256(Buffer.concat(pieces))).toBe(blob);
    }
    const { blob } = await store.put(films[0] as Buffer);
    await place.damage(blob, null);
    const reading = async () => {
      for await (const _ of store.read(blob)) throw new Error("it is gone");
    };
    await expect(reading()).rejects.toMatchObject({ code: "artifact-damaged" });
  });

  test("what was not used since is taken away, what was stays; a put of what is there is a use", async () => {
    const { place, store } = await emptyPlace();
    const refs = [];
    for (const film of films) refs.push(await store.put(film));
    await place.age();
    const other = await place.open();
    const file = join(place.folder, "film");
    writeFileSync(file, films[1] as Buffer);
    await other.put(films[0] as Buffer);
    await other.putFile(file, true);
    const held = await listed(store);
    const removed = await store.removeUnused(held, Date.now() - hourMs);
    expect(removed).toHaveLength(28);
    expect((await listed(store)).map(({ blob }) => blob)).toEqual([refs[0]?.blob, refs[1]?.blob].sort());
    expect(await store.removeUnused(held, Date.now() - hourMs)).toEqual([]);
    for (const film of films) await other.put(film);
    for (const ref of refs) expect(sha256(await other.get(ref))).toBe(ref.blob);
  });

  test("a large file that is there is kept by a put of it, and put again when it was taken away", async () => {
    const { place, store } = await emptyPlace();
    const file = join(place.folder, "large");
    writeFileSync(file, Buffer.alloc(9 * 1024 * 1024, "a film of many parts, "));
    const ref = await store.putFile(file, false);
    await place.age();
    await store.putFile(file, false);
    expect(await store.removeUnused(await listed(store), Date.now() - hourMs)).toEqual([]);
    await place.age();
    expect(await store.removeUnused(await listed(store), Date.now() - hourMs)).toHaveLength(1);
    await store.putFile(file, false);
    expect(sha256(await (await place.open()).get(ref))).toBe(ref.blob);
  });

  test("whatever a put returned stays, however it meets collections of the same blobs", async () => {
    const { place, store } = await emptyPlace();
    const collector = await place.open();
    for (let round = 0; round < (kind.name === "S3" ? 3 : 25); round++) {
      for (const film of films) await store.put(film);
      await place.age();
      const held = await listed(collector);
      const sinceMs = Date.now() - hourMs;
      const writer = await place.open();
      const writing = films.slice(round % 5).map(async (film, i) => {
        if (i % 3 > 0) await new Promise((resolve) => setTimeout(resolve, (i % 7) * 3));
        const ref = await writer.put(film);
        expect(sha256(await writer.get(ref))).toBe(ref.blob);
        return ref;
      });
      // Two at once, which their lease does not allow, a folder bears too.
      const collecting = [collector.removeUnused(held, sinceMs)];
      if (kind.name !== "S3") collecting.push(store.removeUnused(held.toReversed(), sinceMs));
      await Promise.all(collecting);
      for (const ref of await Promise.all(writing)) expect(sha256((await place.read(ref.blob)) ?? "")).toBe(ref.blob);
    }
  });

  test("owners are noted once, by who they are", async () => {
    const { place, store } = await emptyPlace();
    expect(await store.owners()).toEqual(new Map());
    await store.addOwner("a1", "runs.sqlite");
    await store.addOwner("b2", "postgres://db/kindred");
    await (await place.open()).addOwner("a1", "somewhere else");
    expect(await store.owners()).toEqual(
      new Map([
        ["a1", "runs.sqlite"],
        ["b2", "postgres://db/kindred"],
      ]),
    );
  });
});

describe("what a collection or a writer that died leaves", () => {
  test("a blob in the trash of a folder is found, and put back by the next collection", async () => {
    const place = await folderKind.makePlace();
    onTestFinished(() => place.remove());
    const store = await place.open();
    const [first, second] = [await store.put(Buffer.from("first")), await store.put(Buffer.from("second"))];
    const { mkdirSync, renameSync } = await import("node:fs");
    const blobs = join(place.folder, "blobs");
    mkdirSync(join(blobs, "trash"));
    for (const { blob } of [first, second])
      renameSync(join(blobs, blob.slice(0, 2), blob.slice(2)), join(blobs, "trash", `${blob}.0123456789ab`));
    const other = await place.open();
    expect(Buffer.from(await other.get(first)).toString()).toBe("first");
    await other.removeLeftovers(Date.now(), false);
    expect(readdirSync(join(blobs, "trash"))).toEqual([]);
    expect(await listed(other)).toHaveLength(2);
    expect(Buffer.from(await other.get(second)).toString()).toBe("second");
  });

  test("files that were never renamed into place go when they are old", async () => {
    const place = await folderKind.makePlace();
    onTestFinished(() => place.remove());
    const store = await place.open();
    const { blob } = await store.put(Buffer.from("film"));
    const blobs = join(place.folder, "blobs");
    const names = [".incoming.0123456789ab.partial", `${blob.slice(0, 2)}/.${blob.slice(2)}.0123456789cd.partial`];
    for (const name of names) writeFileSync(join(blobs, name), "torn");
    utimesSync(join(blobs, names[0] as string), 1, 1);
    expect(await store.removeLeftovers(Date.now() - hourMs, true)).toEqual({ count: 1, byteCount: 4 });
    expect(await store.removeLeftovers(Date.now() - hourMs, false)).toEqual({ count: 1, byteCount: 4 });
    expect(await store.removeLeftovers(Date.now() - hourMs, false)).toEqual({ count: 0, byteCount: 0 });
    expect(await store.removeLeftovers(Date.now() + hourMs, false)).toEqual({ count: 1, byteCount: 4 });
    expect(await listed(store)).toHaveLength(1);
  });

  test("uploads to S3 that were never completed are given up", async () => {
    const kind = s3Kind();
    await kind.start();
    onTestFinished(() => kind.stop());
    const place = await kind.makePlace();
    onTestFinished(() => place.remove());
    const store = await place.open();
    await kind.server().ask(`/place-1/films/ab/${"c".repeat(62)}?uploads`, { method: "POST" });
    // The server dates all uploads to 2010.
    expect(await store.removeLeftovers(Date.UTC(2010, 0), false)).toEqual({ count: 0, byteCount: 0 });
    expect((await store.removeLeftovers(Date.now() + hourMs, true)).count).toBe(1);
    expect((await store.removeLeftovers(Date.now() + hourMs, false)).count).toBe(1);
    expect((await store.removeLeftovers(Date.now() + hourMs, false)).count).toBe(0);
  });
});
