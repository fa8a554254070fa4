import { KindredError } from "../base/index.ts";

/**
 * Makes a finished graph folder the current one under `target` in one atomic step and returns its new path.
 * Both must be on one file system. `openGraph(target)` opens the current one.
 */
export async function publishGraph(_staged: string, _target: string): Promise<string> {
  throw new KindredError("internal", { seen: "publishGraph is being written" });
}
