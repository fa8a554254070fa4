import { createServer, connect, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** Where in a request the proxy cuts the line: before a byte of it is passed on, in the middle, or once it has been answered. */
export type CutPlace = "before" | "in" | "after";

/** A proxy that passes TCP on, until it is told to cut. */
export interface CuttingProxy {
  /** Such as `http://127.0.0.1:5001`. */
  readonly endpoint: string;
  /** Lines that were cut so far. */
  readonly cuts: number;
  /**
   * The next `times` lines are cut at the place. `in` passes the first `afterBytes` of the request on (default 300: inside its head);
   * `after` lets the server do its work and drops the answer.
   */
  cut(place: CutPlace, times: number, afterBytes?: number): void;
  close(): Promise<void>;
}

/** Starts a proxy before a server on a port of this machine. */
export async function startCuttingProxy(port: number): Promise<CuttingProxy> {
  let plan: { place: CutPlace; times: number; afterBytes: number } = { place: "before", times: 0, afterBytes: 0 };
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    let passedBytes = 0;
    let isDoomed = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => "its close follows");
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    const cut = (): void => {
      cuts++;
      client.destroy();
      upstream.destroy();
    };
    client.on("data", (chunk) => {
      if (!isDoomed && plan.times > 0) {
        plan.times--;
        isDoomed = true;
        passedBytes = 0;
      }
      if (isDoomed && plan.place === "before") return cut();
      if (isDoomed && plan.place === "in" && passedBytes + chunk.byteLength > plan.afterBytes) {
        return upstream.write(chunk.subarray(0, plan.afterBytes - passedBytes), cut);
      }
      passedBytes += chunk.byteLength;
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (isDoomed && plan.place === "after" && !chunk.toString("latin1").startsWith("HTTP/1.1 100")) cut();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return cuts;
    },
    cut: (place, times, afterBytes = 300) => {
      plan = { place, times, afterBytes };
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
