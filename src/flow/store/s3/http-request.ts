import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { S3Outage } from "./s3-errors.ts";

/** A line on which nothing came or went for so long is given up. */
const silenceMs = 30_000;
const lines = { keepAlive: true, maxSockets: 16 };

/** Sends requests over lines that it keeps open. Not `fetch`, whose parser ends the process when a paused line is cut. */
export class HttpSender {
  private readonly plain = new PlainAgent(lines);
  private readonly secure = new SecureAgent(lines);

  /** Resolves with the head of the answer. @throws S3Outage when there is none */
  send(
    url: URL,
    method: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array | undefined,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { "content-length": String(body.byteLength) };
      const options = { method, headers: { ...headers, ...length }, timeout: silenceMs };
      const sent =
        url.protocol === "https:"
          ? secureRequest(url, { ...options, agent: this.secure }, resolve)
          : plainRequest(url, { ...options, agent: this.plain }, resolve);
      sent.on("timeout", () => sent.destroy(new Error(`no byte for ${silenceMs} ms`)));
      sent.on("error", (error) => reject(S3Outage.of(error)));
      sent.end(body);
    });
  }
}
