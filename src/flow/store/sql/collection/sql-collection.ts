import type { Clock } from "../../../../base/index.ts";
import type {
  CollectionStore,
  Collector,
  Excluded,
  RemovalRight,
  RunFacts,
  VersionPlace,
} from "../../collection-store.ts";
import type { SqlPort } from "../sql-port.ts";
import { deleteRun, readFacts } from "./collected-runs.ts";
import { deleteVersion } from "./collected-versions.ts";
import { takeLease } from "./collection-lease.ts";
import { oldestAttempt, readReferences } from "./references.ts";

/** A scheduler that was stopped and goes on after longer may find that what its tasks were writing is gone. */
const silenceMs = 24 * 60 * 60 * 1_000;

/** Collections in SQL. */
export class SqlCollection implements CollectionStore {
  private readonly port: SqlPort;
  private readonly clock: Clock;

  constructor(port: SqlPort, clock: Clock) {
    this.port = port;
    this.clock = clock;
  }

  async identity(): Promise<string> {
    const rows = await this.port.all<{ readonly id: string }>("select id from store_identity");
    return rows[0]?.id ?? "";
  }

  async begin(collector: Collector): Promise<void> {
    const nowMs = await this.port.sharedNowMs();
    await this.port.transaction((sql) => takeLease(sql, collector, nowMs));
  }

  async renew({ owner }: Collector): Promise<boolean> {
    const renewed = "update collection_lease set renewed_ms = ? where owner = ?";
    return (await this.port.run(renewed, await this.port.sharedNowMs(), owner)) === 1;
  }

  async end({ owner }: Collector): Promise<void> {
    await this.port.run("update collection_lease set renewed_ms = 0 where owner = ?", owner);
  }

  async runs(): Promise<readonly RunFacts[]> {
    return readFacts(this.port, await this.port.sharedNowMs());
  }

  async removeRun(seen: RunFacts): Promise<boolean> {
    const nowMs = await this.port.sharedNowMs();
    return this.port.transaction((sql) => deleteRun(sql, seen, nowMs));
  }

  async removeVersion(version: VersionPlace, right: RemovalRight): Promise<boolean> {
    return this.port.transaction((sql) => deleteVersion(sql, version, right, this.clock.nowMs()));
  }

  async giveBack(beforeStep: () => void): Promise<void> {
    await this.port.giveBack(beforeStep);
  }

  async oldestAttemptMs(): Promise<number | null> {
    return oldestAttempt(this.port, (await this.port.sharedNowMs()) - silenceMs);
  }

  references(excluded: Excluded): AsyncIterable<readonly string[]> {
    return readReferences(this.port, excluded);
  }
}
