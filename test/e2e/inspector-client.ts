import { once } from "node:events";
import type { Readable } from "node:stream";

/** Where a program stands still. */
export interface Pause {
  readonly url: string;
  /** From 1. */
  readonly line: number;
  readonly frame: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface CallFrame {
  readonly callFrameId: string;
  readonly location: { readonly scriptId: string; readonly lineNumber: number };
}

/** A debugger that speaks the inspector's protocol, as editors do. */
export class InspectorClient {
  private readonly socket: WebSocket;
  private readonly answers = new Map<number, (message: Message) => void>();
  private readonly scripts = new Map<string, string>();
  private readonly pauses: Pause[] = [];
  private lastId = 0;
  private wake: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener("message", ({ data }) => this.receive(JSON.parse(String(data)) as Message));
  }

  /** Attaches to a process as soon as it says on `stderr` where it listens. */
  static async attach(stderr: Readable): Promise<InspectorClient> {
    let said = "";
    for await (const chunk of stderr.iterator({ destroyOnReturn: false })) {
      said += String(chunk);
      const address = /ws:\/\/\S+/.exec(said)?.[0];
      if (address === undefined) continue;
      const socket = new WebSocket(address);
      const client = new InspectorClient(socket);
      await once(socket, "open");
      await client.ask("Debugger.enable");
      return client;
    }
    throw new Error(`no inspector listens:\n${said}`);
  }

  async breakAt(urlRegex: string, line: number): Promise<void> {
    await this.ask("Debugger.setBreakpointByUrl", { urlRegex, lineNumber: line - 1 });
  }

  /** Lets the process begin that waits for this debugger. */
  async begin(): Promise<void> {
    await this.ask("Runtime.runIfWaitingForDebugger");
  }

  /** The next place where the process stands still. */
  async paused(): Promise<Pause> {
    while (this.pauses.length === 0)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    return this.pauses.shift() as Pause;
  }

  /** The value of an expression where the process stands. */
  async evaluate({ frame }: Pause, expression: string): Promise<unknown> {
    const asked = { callFrameId: frame, expression, returnByValue: true };
    const { result } = await this.ask("Debugger.evaluateOnCallFrame", asked);
    return (result as { readonly value: unknown }).value;
  }

  async resume(): Promise<void> {
    await this.ask("Debugger.resume");
  }

  close(): void {
    this.socket.close();
  }

  private ask(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.lastId;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => {
      this.answers.set(id, ({ result, error }) =>
        error === undefined ? resolve(result ?? {}) : reject(new Error(`${method}: ${error.message}`)),
      );
    });
  }

  private receive(message: Message): void {
    if (message.id !== undefined) this.answers.get(message.id)?.(message);
    if (message.method === "Debugger.scriptParsed") {
      const { scriptId, url } = message.params as { readonly scriptId: string; readonly url: string };
      this.scripts.set(scriptId, url);
    } else if (message.method === "Debugger.paused") {
      const [top] = message.params.callFrames as readonly [CallFrame];
      const { scriptId, lineNumber } = top.location;
      this.pauses.push({ url: this.scripts.get(scriptId) ?? "", line: lineNumber + 1, frame: top.callFrameId });
      this.wake();
    }
  }
}
