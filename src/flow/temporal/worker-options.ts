import type { StorePlaces } from "../store/store-places.ts";
import type { TemporalPlace } from "./temporal-place.ts";

/** One worker of a cluster. */
export interface ClusterWorkerOptions extends StorePlaces {
  readonly temporal: TemporalPlace;
  /** Run metadata that all machines reach: `postgres://USER@HOST/DATABASE`. */
  readonly metadata: string;
  /** Queues by resource class, such as `cpu2`, whose tasks this machine runs. */
  readonly queues: readonly string[];
  /** Cores of this machine to use at most. */
  readonly workers: number;
  /** Folder of caches, logs and work files on this machine; made when absent. */
  readonly home: string;
  /** Where the secrets of steps are looked up. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Asks the worker to end: what it runs is tried again elsewhere. */
  readonly signal?: AbortSignal;
  readonly onReady?: () => void;
  readonly onWarning?: (message: string) => void;
}
