import { execFile, execFileSync } from "node:child_process";
import { chownSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";
import { postgresProgram } from "./installed.ts";
import { ServerProcess } from "./server-process.ts";

const run = promisify(execFile);

/** A PostgreSQL cluster of a test's own. */
export interface PostgresServer {
  readonly port: number;
  readonly process: ServerProcess;
  /** Makes an empty database and returns its URL. */
  createDatabase(name: string): Promise<string>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** Makes a cluster in a temporary folder and starts it, as the user `postgres` where the test runs as root. */
export async function startPostgres(): Promise<PostgresServer> {
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  const folder = mkdtempSync(join(tmpdir(), "kindred-postgres-"));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const initialise = ["--pgdata", data, "--username", "kindred", "--auth", "trust", "--no-sync", "--encoding", "UTF8"];
  await run(postgresProgram("initdb"), [...initialise, "--locale", "C.UTF-8"], { cwd: folder, ...user });
  const port = await freePort();
  const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: folder, port, max_connections: 60 };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = new ServerProcess({
    name: "PostgreSQL",
    program: postgresProgram("postgres"),
    args: ["-D", data, ...args],
    folder,
    user,
    isReady: async () => {
      await run(postgresProgram("pg_isready"), ["--host", "127.0.0.1", "--port", String(port)]);
      return true;
    },
  });
  await server.start();
  return {
    port,
    process: server,
    createDatabase: async (name) => {
      const address = ["--host", "127.0.0.1", "--port", String(port), "--username", "kindred"];
      await run(postgresProgram("createdb"), [...address, name]);
      return `postgres://kindred@127.0.0.1:${port}/${name}`;
    },
    stop: () => server.stop(),
  };
}

function postgresUser(): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
