import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { type Evidence, gather, hashOf } from "./evidence.ts";
import { folderBlobs, sqliteQuery } from "./scenes.ts";
import { judge } from "./verdict.ts";

const bytes = "the bytes of a blob";

/** A run as the judge reads it, written here by hand, with what a test does to it. */
async function evidenceOf(harm: string, blob: string | null = bytes, published = "x\n"): Promise<Evidence> {
  const folder = mkdtempSync(join(tmpdir(), "kindred-judged-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, hashOf(bytes).slice(0, 2), hashOf(bytes).slice(2));
  mkdirSync(dirname(path), { recursive: true });
  if (blob !== null) writeFileSync(path, blob);
  writeFileSync(join(folder, "published.txt"), published);
  const artifact = JSON.stringify({ inline: JSON.stringify({ file: { blob: hashOf(bytes) } }) });
  const database = new DatabaseSync(join(folder, "runs.sqlite"));
  database.exec(`
    create table runs (run, status); create table steps (run, position, step, status, artifact);
    create table tasks (run, position, item, key, status, attempts, artifact);
    create table attempts (run, position, item, attempt, status);
    insert into runs values (1, 'done'); insert into steps values (1, 0, 'spell', 'done', '${artifact}');
    insert into tasks values (1, 0, 0, 'a', 'done', 1, '${artifact}'); insert into attempts values (1, 0, 0, 1, 'done');
    ${harm}`);
  database.close();
  return gather({ query: sqliteQuery(join(folder, "runs.sqlite")), blobBytes: folderBlobs(folder), folder });
}

const harms: readonly (readonly [
  what: string,
  how: "lost" | "doubled",
  harm: string,
  blob?: string | null,
  published?: string,
])[] = [
  ["a task that is gone", "lost", "delete from tasks"],
  ["another artifact", "lost", `update tasks set artifact = '{"inline":"1"}'`],
  ["a run that did not end", "lost", "update runs set status = 'running'"],
  ["a step that did not end", "lost", "update steps set status = 'running'"],
  ["a blob that is gone", "lost", "", null],
  ["a blob with other bytes", "lost", "", "the bytes of another"],
  ["another file that is published", "lost", "", bytes, "y\n"],
  ["a task done twice", "doubled", "insert into attempts values (1, 0, 0, 2, 'done')"],
  ["a task that is there twice", "doubled", "insert into tasks select * from tasks"],
  ["a second run", "doubled", "insert into runs values (0, 'done')"],
];

test.for(harms)("the judge sees %s as %s", async ([, how, harm, blob = bytes, published = "x\n"]) => {
  const calm = await evidenceOf("");
  expect(calm.damage).toEqual([]);
  expect(judge(calm, await evidenceOf(""), calm)).toMatchObject({ lost: 0, doubled: 0 });
  expect(judge(calm, await evidenceOf(harm, blob, published), null)[how]).toBeGreaterThan(0);
});

test("the judge sees a committed task that was begun again as doubled", async () => {
  const calm = await evidenceOf("");
  const again = await evidenceOf("update tasks set attempts = 2; update attempts set attempt = 2");
  expect(judge(calm, again, null)).toMatchObject({ lost: 0, doubled: 0 });
  expect(judge(calm, again, calm)).toMatchObject({ lost: 0, doubled: 1 });
});
