import type { RunPlaces } from "../flow/index.ts";
import type { Graph } from "../graph/index.ts";
import type { LinkagePort } from "./linkage-port.ts";
import type { ProductionPort } from "./production-port.ts";

/** A file of the pages. */
export interface Asset {
  readonly body: Uint8Array | string;
  readonly type: string;
}

/** What the server serves, and where. */
export interface ServerOptions {
  /** Default 127.0.0.1: nobody else can reach it unless told so. */
  readonly host?: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The folder of runs. */
  readonly home: string;
  /** Where runs live that are not in the home, and which server knows what those of a cluster wait for. */
  readonly places?: RunPlaces;
  /** Opens the published graph; called again after it was published anew. */
  readonly openGraph: () => Promise<Graph>;
  readonly linkage: LinkagePort;
  readonly production: ProductionPort;
  /** The pages' files by name, such as `app.js`. */
  readonly assets: (name: string) => Promise<Asset | undefined>;
}

/** A server that is up. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}
