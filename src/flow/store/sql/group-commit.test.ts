import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../base/index.ts";
import { flow } from "../../flow.ts";
import type { SqlWork } from "./sql-port.ts";
import { SqlStore } from "./sql-store.ts";
import { SqlitePort } from "./sqlite-port.ts";

const { graph } = flow("test", {}).foreach("each", { over: () => [1], key: String }, () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const claim = { owner: "first", holder: { kind: "workflow", workflowId: "w" } } as const;

/** SQLite that counts its transactions. */
class CountedPort extends SqlitePort {
  transactions = 0;

  override async transaction<T>(work: SqlWork<T>): Promise<T> {
    this.transactions += 1;
    return super.transaction(work);
  }
}

test("a full disk refuses together the writes that wait together, and takes them again once there is room", async () => {
  const port = new CountedPort(":memory:", systemClock);
  const store = await SqlStore.open(port, systemClock);
  onTestFinished(() => store.close());
  const lease = await store.createRun({ graph, code, params: {}, labels: {} }, claim);
  const beginAll = () => {
    port.transactions = 0;
    const keys = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(20_000, "x"));
    const begins = keys.map((key, index) => store.beginAttempt(lease, { step: "each", index, key, workerPid: 1 }));
    return Promise.allSettled(begins);
  };
  await port.all("pragma max_page_count = 1");
  const refused = await beginAll();
  expect(new Set(refused.map((each) => each.status === "rejected" && each.reason.code))).toEqual(
    new Set(["disk-full"]),
  );
  expect(port.transactions).toBe(1);
  await port.all("pragma max_page_count = 10000");
  expect((await beginAll()).map(({ status }) => status)).toEqual(refused.map(() => "fulfilled"));
});
