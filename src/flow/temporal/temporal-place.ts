/** Where a Temporal server is, and which queues of it a cluster uses. */
export interface TemporalPlace {
  /** Such as `127.0.0.1:7233`. */
  readonly address: string;
  /** Temporal's namespace, default `default`. */
  readonly namespace?: string | undefined;
  /** What the names of the queues begin with, default `kindred`: clusters of different prefixes share a server. */
  readonly prefix?: string | undefined;
  /** Events of a workflow's history after which another one goes on with its work, default 5,000. */
  readonly historyEvents?: number | undefined;
}
