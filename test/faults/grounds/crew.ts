import type { Random } from "../../../src/base/index.ts";
import type { Cluster, WorkerProcess } from "../../../src/flow/temporal/fixtures/cluster.ts";

/** Workers of one core each that a cluster has beside each other. */
const size = 2;

/** The workers of a cluster. Another joins for each that dies. */
export class Crew {
  private readonly cluster: Cluster;
  private workers: WorkerProcess[] = [];

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** Starts workers in place of those that are gone; returns how many these were. */
  async fill(): Promise<number> {
    this.workers = this.workers.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    const gone = size - this.workers.length;
    this.workers.push(...(await Promise.all(Array.from({ length: gone }, () => this.cluster.startWorker()))));
    return gone;
  }

  /** Kills a worker with all its processes, as the death of its machine does, or it alone while those of its tasks are left. */
  kill(random: Random): void {
    const worker = this.workers.splice(random.integer(size), 1)[0];
    if (random.next() < 0.5) worker?.kill();
    else worker?.child.kill("SIGKILL");
  }
}
