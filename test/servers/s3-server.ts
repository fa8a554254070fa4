import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { environmentProgram } from "./installed.ts";
import { ServerProcess } from "./server-process.ts";

/** An S3 server of a test's own, which keeps everything in memory. */
export interface S3Server {
  /** Such as `http://127.0.0.1:5000`. */
  readonly endpoint: string;
  readonly port: number;
  /** What a client has in its environment. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly process: ServerProcess;
  createBucket(name: string): Promise<void>;
  /** A request without a client, by path such as `/bucket/key`: the server takes any signature. */
  ask(path: string, request?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

const signature =
  "AWS4-HMAC-SHA256 Credential=kindred-test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

/** Starts moto's S3 server on a free port. */
export async function startS3(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), "kindred-s3-"));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = new ServerProcess({
    name: "the S3 server",
    program: environmentProgram("python"),
    args: ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    folder,
    isReady: async () => (await fetch(`${endpoint}/moto-api/`)).ok,
  });
  await server.start();
  const ask = (path: string, request: RequestInit = {}) =>
    fetch(`${endpoint}${path}`, { ...request, headers: { ...request.headers, authorization: signature } });
  return {
    endpoint,
    port,
    credentials: { accessKeyId: "kindred-test", secretAccessKey: "kindred-test-secret" },
    process: server,
    createBucket: async (name) => {
      const { ok, status } = await ask(`/${name}`, { method: "PUT" });
      if (!ok) throw new Error(`the bucket ${name} was not made: ${status}`);
    },
    ask,
    stop: () => server.stop(),
  };
}
