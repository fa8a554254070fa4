import { expect, test } from "vitest";
import { systemClock } from "../../../../base/index.ts";
import { flow } from "../../../flow.ts";
import { SqlStore } from "../sql-store.ts";
import { SqlitePort } from "../sqlite-port.ts";
import { readReferences } from "./references.ts";

const { graph } = flow("link", {})
  .foreach("a", { over: () => [1], key: String }, () => 1)
  .step("b", () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };

test("rows are read in pages without losing one, in whatever column they name a blob", async () => {
  const port = new SqlitePort(":memory:", systemClock);
  const store = await SqlStore.open(port, systemClock);
  const claim = { owner: "here", holder: { kind: "workflow", workflowId: "w" } } as const;
  const lease = await store.createRun({ graph, code, params: {}, labels: {} }, claim);
  const hash = (name: string): string => name.padStart(64, "0");
  const named = new Set<string>();
  const ref = (name: string) => {
    named.add(hash(name));
    return { blob: hash(name), byteCount: 1 };
  };
  for (let index = -1; index < 7; index++) {
    const place = { step: "a", index };
    const attempt = await store.beginAttempt(lease, { ...place, key: `k${index}`, workerPid: 1 });
    await store.keepLog(lease, { ...place, attempt, log: [ref(`10${index + 1}`)] });
    const end = { status: "done", usage: null, progress: null, error: null, card: ref(`20${index + 1}`) } as const;
    const plan = index === -1 ? { width: 7 } : null;
    await store.endAttempt(lease, { ...place, attempt, ...end, plan, artifact: ref(`30${index + 1}`) });
  }
  await store.closeStep(lease, "a", ref("40"), "done");
  for (const rowsAtATime of [1, 2, 3, 100]) {
    const found: string[] = [];
    const excluded = { runs: new Set<string>(), versions: new Set<string>() };
    for await (const texts of readReferences(port, excluded, rowsAtATime)) found.push(...texts);
    expect(new Set(found.join(" ").match(/[0-9a-f]{64}/g))).toEqual(named);
  }
  await port.run("update tasks set artifact = replace(artifact, '301', '302') where item = 0");
  const reading = async () => {
    for await (const _ of readReferences(port, { runs: new Set(), versions: new Set() }));
  };
  await expect(reading()).rejects.toMatchObject({ code: "artifact-damaged" });
  await store.close();
});
