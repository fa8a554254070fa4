import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Where in a request the proxy cuts the line: before a byte of it is passed on, in the middle, or once it has been answered. */
export type CutPlace = "before" | "in" | "after";

/** A proxy that passes TCP on, until it is told to cut. */
export interface CuttingProxy {
  /** Such as `http://127.0.0.1:5001`. */
  readonly endpoint: string;
  /** Lines that were cut so far. */
  readonly cuts: number;
  /**
   * The next `times` lines that a request comes in on are cut at the place. `in` passes the first `afterBytes` of the request
   * on (default 300: inside its head); `after` lets the server do its work and drops the answer.
   */
  cut(place: CutPlace, times: number, afterBytes?: number): void;
  close(): Promise<void>;
}

interface Cut {
  readonly place: CutPlace;
  readonly afterBytes: number;
}

/** One connection through the proxy. */
class Line {
  private readonly client: Socket;
  private readonly upstream: Socket;
  private readonly nextCut: () => Cut | undefined;
  private readonly onCut: () => void;
  private cut: Cut | undefined;
  private passedBytes = 0;
  private isCut = false;

  constructor(client: Socket, port: number, nextCut: () => Cut | undefined, onCut: () => void) {
    this.client = client;
    this.upstream = connect(port, "127.0.0.1");
    this.nextCut = nextCut;
    this.onCut = onCut;
    for (const socket of [client, this.upstream]) {
      socket.on("error", () => "its close follows");
      socket.on("close", () => this.end());
    }
    client.on("data", (bytes) => this.request(bytes));
    this.upstream.on("data", (bytes) => this.answer(bytes));
  }

  end(): void {
    this.client.destroy();
    this.upstream.destroy();
  }

  private request(bytes: Buffer): void {
    if (this.isCut) return;
    if (this.cut === undefined) {
      this.cut = this.nextCut();
      this.passedBytes = 0;
    }
    const { place, afterBytes = 0 } = this.cut ?? {};
    const isHere = place === "before" || (place === "in" && this.passedBytes + bytes.byteLength > afterBytes);
    if (!isHere) {
      this.passedBytes += bytes.byteLength;
      this.upstream.write(bytes);
    } else if (place === "before") this.cutNow();
    else this.upstream.write(bytes.subarray(0, afterBytes - this.passedBytes), () => this.cutNow());
    this.isCut = isHere;
  }

  private answer(bytes: Buffer): void {
    const isContinue = bytes.toString("latin1", 0, 12) === "HTTP/1.1 100";
    if (this.cut?.place === "after" && !isContinue) this.cutNow();
    else this.client.write(bytes);
  }

  private cutNow(): void {
    this.onCut();
    this.end();
  }
}

/** Starts a proxy before a server on a port of this machine. */
export async function startCuttingProxy(port: number): Promise<CuttingProxy> {
  let planned: Cut[] = [];
  let cuts = 0;
  const lines: Line[] = [];
  const server = createServer((client) => {
    const counted = (): void => {
      cuts += 1;
    };
    lines.push(new Line(client, port, () => planned.pop(), counted));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return cuts;
    },
    cut: (place, times, afterBytes = 300) => {
      planned = Array.from({ length: times }, () => ({ place, afterBytes }));
    },
    close: async () => {
      for (const line of lines) line.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
