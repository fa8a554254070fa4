import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startPostgres } from "../../../test/servers/postgres-server.ts";
import { startS3 } from "../../../test/servers/s3-server.ts";
import { LettersHome } from "../fixtures/letters-home.ts";
import { openRuns } from "../index.ts";

test("a run with its metadata in PostgreSQL and its artifacts in S3 leaves neither in its home, nor its keys", async () => {
  const [database, store] = await Promise.all([startPostgres(), startS3()]);
  onTestFinished(async () => {
    await Promise.all([database.stop(), store.stop()]);
  });
  await store.createBucket("films");
  const places = {
    metadata: await database.createDatabase("films"),
    artifacts: "s3://films/runs",
    s3: { endpoint: store.endpoint, credentials: store.credentials },
  };
  const remote = new LettersHome();
  const result = await remote.start({}, places);
  expect(result).toEqual(await new LettersHome().start());
  expect(existsSync(join(remote.home, "runs.sqlite"))).toBe(false);
  expect(existsSync(join(remote.home, "blobs"))).toBe(false);
  const elsewhere = await openRuns(join(remote.home, "another-machine"), places);
  onTestFinished(() => elsewhere.close());
  expect(await elsewhere.list()).toMatchObject([{ run: "1", status: "done" }]);
  expect(await remote.resume({ run: "latest", ...places })).toEqual(result);
  for (const entry of readdirSync(remote.home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    expect(bytes.includes(store.credentials.secretAccessKey)).toBe(false);
  }
});
