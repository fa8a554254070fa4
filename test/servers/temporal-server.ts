import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";
import { environmentProgram } from "./installed.ts";
import { ServerProcess } from "./server-process.ts";

/** A Temporal development server of a test's own. */
export interface TemporalServer {
  /** Such as `127.0.0.1:7233`; its namespace is `default`. */
  readonly address: string;
  readonly port: number;
  readonly process: ServerProcess;
  stop(): Promise<void>;
}

/** Starts Temporal's development server: in memory, or with a file that survives its being killed and started again. */
export async function startTemporal(options: { readonly inFile?: boolean } = {}): Promise<TemporalServer> {
  const folder = mkdtempSync(join(tmpdir(), "kindred-temporal-"));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const program = environmentProgram("temporal");
  const file = options.inFile === true ? ["--db-filename", join(folder, "temporal.sqlite")] : [];
  const server = new ServerProcess({
    name: "Temporal",
    program,
    args: [
      "server",
      "start-dev",
      "--headless",
      "--ip",
      "127.0.0.1",
      "--port",
      String(port),
      "--log-level",
      "warn",
      ...file,
    ],
    folder,
    // The command line keeps its settings and looks for updates in the home folder.
    environment: { HOME: folder, TEMPORAL_DISABLE_UPDATE_CHECK: "1" },
    isReady: async () => {
      const asked = ["operator", "namespace", "describe", "--address", address, "--namespace", "default"];
      await promisify(execFile)(program, [...asked, "--command-timeout", "5s"]);
      return true;
    },
  });
  await server.start();
  return { address, port, process: server, stop: () => server.stop() };
}
