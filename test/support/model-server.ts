import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** How the server answers one request. */
export type ScriptedAnswer =
  | { readonly kind: "claims"; readonly claims: readonly unknown[] }
  | { readonly kind: "text"; readonly text: string; readonly finishReason?: string }
  | { readonly kind: "status"; readonly status: number; readonly message: string }
  | { readonly kind: "silence"; readonly forMs: number };

/** A request as it came in. */
export interface SeenRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema: unknown } };
    readonly max_tokens?: number;
  };
}

/** A real HTTP server that speaks OpenAI's chat completions and answers from a script. */
export interface ModelServer {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  /** Replaces the script: the answer to each request, by its number (from 0) and content. */
  answer(script: (request: SeenRequest, number: number) => ScriptedAnswer): void;
  close(): Promise<void>;
}

/** What every scripted answer is billed. */
const tokensOfAnswer = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

/** Starts the server on a free port of this machine. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: SeenRequest[] = [];
  let script: (request: SeenRequest, number: number) => ScriptedAnswer = () => ({ kind: "claims", claims: [] });
  const server = createServer(async (request, response) => {
    const seen: SeenRequest = {
      path: request.url ?? "",
      authorization: request.headers.authorization,
      body: JSON.parse(await bodyOf(request)),
    };
    requests.push(seen);
    const answer = script(seen, requests.length - 1);
    if (answer.kind === "silence") {
      setTimeout(() => response.destroy(), answer.forMs).unref();
      return;
    }
    const [status, body] = responseTo(answer, seen.body.model);
    response.writeHead(status, { "content-type": "application/json", "retry-after-ms": "10" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    answer: (next) => {
      script = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function responseTo(answer: Exclude<ScriptedAnswer, { kind: "silence" }>, model: string): [number, unknown] {
  if (answer.kind === "status") return [answer.status, { error: { message: answer.message, type: "scripted" } }];
  const content = answer.kind === "text" ? answer.text : JSON.stringify({ claims: answer.claims });
  const finish_reason = answer.kind === "text" ? (answer.finishReason ?? "stop") : "stop";
  const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason }];
  return [200, { id: "1", object: "chat.completion", created: 1, model, choices, usage: tokensOfAnswer }];
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
