import { type Cluster, startCluster } from "../../src/flow/temporal/fixtures/cluster.ts";

/** A host that the command line runs flows on. */
export interface CommandHost {
  readonly name: string;
  /** Starts what it needs. Returns the environment that a command finds it by. */
  open(): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

/** This machine, and Temporal with one worker in an empty folder. */
export function commandHosts(): CommandHost[] {
  let cluster: Cluster | null = null;
  return [
    { name: "this machine", open: async () => ({}), close: async () => {} },
    {
      name: "Temporal",
      open: async () => {
        cluster = await startCluster();
        await cluster.startWorker();
        return { ...cluster.environment, KINDRED_HOST: "temporal" };
      },
      close: async () => cluster?.stop(),
    },
  ];
}
