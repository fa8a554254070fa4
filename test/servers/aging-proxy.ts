import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy of an S3 server under which objects are as old as a test wants: their server has but its own clock. */
export interface AgingProxy {
  /** Such as `http://127.0.0.1:5001`. */
  readonly endpoint: string;
  /** What was dated before this moment is shown as two hours older. */
  agedBeforeMs: number;
  close(): Promise<void>;
}

const ageMs = 2 * 60 * 60 * 1_000;

/** Starts a proxy before the server on that port. */
export async function startAgingProxy(port: number): Promise<AgingProxy> {
  const server: Server = createServer((incoming, outgoing) => {
    pass(port, incoming, outgoing, (date) => (date < proxy.agedBeforeMs ? date - ageMs : date));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    agedBeforeMs: 0,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

function pass(port: number, incoming: IncomingMessage, outgoing: ServerResponse, aged: (date: number) => number): void {
  const { method, url, headers } = incoming;
  const asked = request({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
    const date = answer.headers["last-modified"];
    const shown = date === undefined ? {} : { "last-modified": new Date(aged(Date.parse(date))).toUTCString() };
    if (/xml/.test(answer.headers["content-type"] ?? "")) return void passList(answer, outgoing, aged);
    outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...shown });
    answer.pipe(outgoing);
  });
  asked.on("error", () => outgoing.destroy());
  incoming.pipe(asked);
}

async function passList(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  aged: (date: number) => number,
): Promise<void> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer) pieces.push(piece as Uint8Array);
  const text = Buffer.concat(pieces).toString("utf8");
  const shown = text.replace(/(?<=<LastModified>)[^<]+/g, (date) => new Date(aged(Date.parse(date))).toISOString());
  const { "content-length": _length, "transfer-encoding": _encoding, ...headers } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 500, headers);
  outgoing.end(shown);
}
