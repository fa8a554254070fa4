import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { s3Kind } from "../store/fixtures/artifact-places.ts";
import { postgresKind } from "../store/fixtures/metadata-places.ts";
import { collect } from "./collect.ts";
import { project, token, World } from "./fixtures/world.ts";

const [postgres, s3] = [postgresKind(), s3Kind()];
const dayMs = 24 * 60 * 60 * 1_000;

beforeAll(async () => {
  await Promise.all([postgres.start(), s3.start()]);
});
afterAll(async () => {
  await Promise.all([postgres.stop(), s3.stop()]);
});

test("over PostgreSQL and S3 a collection keeps production, a failed run and what they name, and nothing else", async () => {
  const place = await s3.makePlace();
  onTestFinished(() => place.remove());
  const artifacts = await place.open();
  const metadata = await postgres.makePlace();
  const world = await World.make({ metadata: metadata.open, artifacts: async () => artifacts });
  onTestFinished(() => world.metadata.close());
  const put = (content: unknown) => artifacts.put(new TextEncoder().encode(JSON.stringify(content)));
  const made = async (name: string) => {
    const files = [{ path: "films.json", ...(await put({ film: name.repeat(50) })) }];
    const dataSet = await put({ version: 1, kind: "files", files });
    return world.run({ namespace: "test.hats", endedMs: world.nowMs - 90 * dayMs, dataSet, names: files });
  };
  const first = await made("first");
  for (const name of ["second", "third", "fourth"]) await made(name);
  const dataSets = [{ name: "matches", expected: null, detail: null }];
  await world.metadata.dataSets.promote({ project, token, by: "ada", run: first, dataSets });
  const nested = await put({ film: "nested".repeat(20) });
  const list = await put([nested, "x".repeat(100)]);
  const failed = await world.run({ status: "failed", endedMs: world.nowMs - dayMs, names: [list] });
  await put({ film: "nobody's" });
  await place.age();
  const young = await put({ film: "put just now" });

  const dry = await collect(world.parts({ isDry: true }));
  const report = await collect(world.parts());
  expect({ ...report, isDry: true }).toEqual(dry);
  expect(report.runs.map(({ run }) => run)).toEqual(["3", "2"]);
  // The fourth run sees what the third made.
  expect(report.collected.find(({ kind }) => kind === "blobs")).toMatchObject({ count: 3 });
  const held = await world.held();
  for (const { blob } of [nested, list, young]) expect(held.has(blob)).toBe(true);
  for (const { manifest } of await world.metadata.dataSets.versions({ namespace: "prod" })) {
    const { files } = JSON.parse(Buffer.from(await artifacts.get(manifest)).toString());
    for (const file of files) await artifacts.get(file);
  }
  expect((await world.metadata.readHead(failed)).status).toBe("failed");
  expect((await collect(world.parts())).collected.every(({ count }) => count === 0)).toBe(true);
});
