import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { flow } from "../flow.ts";
import { makeProductionToken, tokenHash } from "../namespace/production-token.ts";
import { type RightsUser, rightsKind, runSql, type SharedPlace } from "./fixtures/rights-kind.ts";
import type { MetadataStore } from "./metadata-store.ts";
import { openMetadata } from "./open-metadata.ts";

const { graph } = flow("link", { project: "films" }).step("publish", () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const holder = { kind: "workflow", workflowId: "w" } as const;
const token = makeProductionToken();
const right = { project: "films", token, by: "deploy" };
const manifest = { blob: "ab".repeat(32), byteCount: 2 };

describe("PostgreSQL with the rights of the guide", () => {
  const kind = rightsKind("ada");
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  async function opened(place: SharedPlace, user: RightsUser): Promise<MetadataStore> {
    const store = await openMetadata(place.urlOf(user));
    onTestFinished(() => store.close());
    return store;
  }

  /** A place whose production has what a run of ada's made. */
  async function promotedPlace() {
    const place = await kind.makePlace();
    const [ada, deploy] = [await opened(place, "ada"), await opened(place, "deploy")];
    await deploy.dataSets.addToken({ ...right, token: undefined }, tokenHash(token));
    const labels = { namespace: "test.hats", branch: "hats" };
    const lease = await ada.createRun({ graph, code, params: {}, labels }, { owner: "ada", holder });
    const task = { step: "publish", index: 0 };
    const attempt = await ada.beginAttempt(lease, { ...task, key: "publish", workerPid: 1 });
    const end = { status: "done", usage: null, progress: null, error: null, artifact: { inline: "1" } } as const;
    await ada.endAttempt(lease, { ...task, ...end, attempt, dataSets: [{ name: "matches", manifest }] });
    await ada.endRun(lease, "done", null);
    const dataSets = [{ name: "matches", expected: null, detail: null }];
    await deploy.dataSets.promote({ ...right, run: lease.run, dataSets });
    return { place, ada, deploy, run: lease.run };
  }

  test("whoever starts runs changes nothing of production, with the token or past Kindred", async () => {
    const { place, ada, run } = await promotedPlace();
    const before = [await ada.dataSets.versions({}), await ada.dataSets.audit("films", 10)];
    const again = { ...right, by: "ada", run, dataSets: [{ name: "matches", expected: 1, detail: null }] };
    for (const attempt of [
      () => ada.dataSets.promote(again),
      () => ada.dataSets.rollback({ ...right, by: "ada", name: "matches", expected: 1, to: null, detail: null }),
      () => ada.dataSets.addToken({ ...right, by: "ada" }, tokenHash(makeProductionToken())),
      () => ada.dataSets.recordRefusal("films", run, "ada", null),
    ])
      await expect(attempt()).rejects.toMatchObject({
        code: "refused",
        message: expect.stringContaining("the database"),
      });
    for (const sql of [
      "update kindred.data_set_heads set version = 7 where namespace = 'prod'",
      "update kindred.data_set_heads set namespace = 'prod' where namespace = 'test.hats'",
      "insert into kindred.data_set_heads values ('films', 'prod', 'other', 1)",
      "insert into kindred.data_set_versions values ('films', 'prod', 'matches', 2, 1, '{}', null, 1, 'ada')",
      "update kindred.data_set_versions set manifest = '{}'",
      "delete from kindred.data_set_versions",
      "delete from kindred.production_audit",
      "update kindred.production_tokens set hash = 'ab'",
      "delete from kindred.runs",
      "drop table kindred.runs",
      "create table kindred.mine (x bigint)",
    ])
      await runSql(place.urlOf("ada"), sql).catch((error: { code: string }) => expect(error.code, sql).toBe("42501"));
    expect([await ada.dataSets.versions({}), await ada.dataSets.audit("films", 10)]).toEqual(before);
  });

  test("an older schema is refused to whoever may not bring it up to date, with who may", async () => {
    const place = await kind.makePlace();
    await runSql(
      place.urlOf("kindred_owner"),
      "delete from kindred.schema_version; insert into kindred.schema_version values (1)",
    );
    await expect(openMetadata(place.urlOf("ada"))).rejects.toMatchObject({
      code: "refused",
      message: expect.stringMatching(/must be owner|permission denied.*owner of the schema/s),
    });
  });
});
