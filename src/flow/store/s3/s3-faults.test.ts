import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type CutPlace, startCuttingProxy } from "../../../../test/servers/cutting-proxy.ts";
import { sha256 } from "../../../base/index.ts";
import type { HeldBlob } from "../artifact-store.ts";
import { s3Kind } from "../fixtures/artifact-places.ts";
import { openArtifacts } from "../open-artifacts.ts";

describe("an S3 store that is cut off", () => {
  const kind = s3Kind();
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  async function proxied() {
    const proxy = await startCuttingProxy(kind.server().port);
    onTestFinished(() => proxy.close());
    const place = await kind.makePlace(proxy.endpoint);
    onTestFinished(() => place.remove());
    return { proxy, place, store: await place.open() };
  }

  const places: [CutPlace, number][] = [
    ["before", 0],
    ["in", 300],
    ["in", 100_000],
    ["after", 0],
  ];

  test.each(places)(
    "%s a put (at byte %i) is asked again, and the object is whole or not there at every moment",
    async (cut, at) => {
      const { proxy, place, store } = await proxied();
      for (let round = 0; round < 5; round++) {
        const bytes = Buffer.alloc(200_000, `round ${round} `);
        const blob = sha256(bytes);
        proxy.cut(cut, 2, at);
        const putting = store.put(bytes);
        const seen = await place.read(blob);
        expect(seen === null || sha256(seen) === blob).toBe(true);
        expect(await putting).toEqual({ blob, byteCount: bytes.byteLength });
        expect(sha256((await place.read(blob)) ?? new Uint8Array())).toBe(blob);
      }
      expect(proxy.cuts).toBe(10);
    },
  );

  test.each(places)("%s the parts of a large file (at byte %i) leaves the file whole", async (cut, at) => {
    const { proxy, place, store } = await proxied();
    const bytes = Buffer.alloc(17 * 1024 * 1024, `a large file cut ${cut} ${at} `);
    writeFileSync(join(place.folder, "large"), bytes);
    proxy.cut(cut, 3, at);
    const ref = await store.putFile(join(place.folder, "large"), false);
    expect(sha256((await place.read(ref.blob)) ?? new Uint8Array())).toBe(ref.blob);
    proxy.cut(cut, 1, at);
    expect(sha256(await (await place.open()).get(ref))).toBe(ref.blob);
  });

  test.each(places.filter(([, at]) => at <= 300))(
    "%s a removal (at byte %i) it is asked again, and what is removed can be put again",
    async (cut, at) => {
      const { proxy, store } = await proxied();
      const films = Array.from({ length: 8 }, (_, i) => Buffer.from(`film ${i} `.repeat(50)));
      for (const film of films) await store.put(film);
      const held: HeldBlob[] = [];
      for await (const page of store.list()) held.push(...page);
      proxy.cut(cut, 3, at);
      await store.removeUnused(held, Date.now() + 60 * 60 * 1_000);
      expect(proxy.cuts).toBeGreaterThan(0);
      for await (const page of store.list()) expect(page).toEqual([]);
      for (const film of films) expect(sha256(await store.get(await store.put(film)))).toBe(sha256(film));
    },
  );

  test("the keys are in no error: not when they are refused, missing, or the store is away", async () => {
    const credentials = { accessKeyId: "AKIA-secret", secretAccessKey: "secret-of-all" };
    const told = async (s3: object, url = "s3://no-such-bucket/films") => {
      const put = async () => {
        const place = { url, s3: { credentials, ...s3 }, cacheFolder: "/nonexistent" };
        return (await openArtifacts(place)).put(new Uint8Array(3));
      };
      const error = await put().catch((each: unknown) => each);
      expect(String(error)).not.toContain("secret");
      return error;
    };
    const { endpoint } = kind.server();
    expect(await told({ endpoint })).toMatchObject({ code: "config-invalid" });
    expect(await told({ endpoint, credentials: undefined })).toMatchObject({ code: "config-invalid" });
    expect(await told({ endpoint }, "s3://key:secret@bucket/films")).toMatchObject({ code: "config-invalid" });
    expect(await told({ endpoint }, "gs://secret/films")).toMatchObject({ code: "config-invalid" });
  });

  test("the cache lets the longest unused go, and never what was handed out within the hour", async () => {
    const place = await kind.makePlace(undefined, 1_000_000);
    onTestFinished(() => place.remove());
    const store = await place.open();
    const reader = await place.open();
    const refs = [];
    for (let i = 0; i < 6; i++) refs.push(await store.put(Buffer.alloc(300_000, `film ${i} `)));
    const paths: string[] = [];
    for (const ref of refs.slice(0, 4)) paths.push(await reader.path(ref));
    expect(paths.map((path) => existsSync(path))).toEqual([true, true, true, true]);
    for (const [i, path] of paths.entries()) utimesSync(path, 1_000 + i, 1_000 + i);
    await reader.path(refs[0] as (typeof refs)[0]);
    paths.push(await reader.path(refs[4] as (typeof refs)[0]));
    expect(paths.map((path) => existsSync(path))).toEqual([true, false, false, true, true]);
    expect(readdirSync(join(place.folder, "cache-2"))).not.toContain("incoming");
  });
});
