import type { IncomingMessage } from "node:http";
import { KindredError } from "../../../base/index.ts";

/** The store is out of reach, or says that it cannot now: another try may find it back. */
export class S3Outage extends Error {
  /** For a request or an answer that broke off. */
  static of(error: unknown): S3Outage {
    const { message, code } = error as { readonly message?: string; readonly code?: string };
    return new S3Outage(message || code || "no reason given", { cause: error });
  }

  /** For an answer that nobody expected: an outage, or the error that ends it. */
  static async orRefusal(response: IncomingMessage, what: string, place: string): Promise<Error> {
    const status = response.statusCode ?? 0;
    const code = /<Code>(\w+)<\/Code>/.exec(await textOf(response))?.[1] ?? "";
    const seen = `${status} ${code}`.trim();
    if (status >= 500 || status === 429 || status === 409 || code === "RequestTimeout") return new S3Outage(seen);
    return new KindredError("config-invalid", {
      seen: `the artifact store refuses the ${what}: ${seen}`,
      expected: "a bucket that the keys may read and write",
      hint: "Look at the bucket's name and region, at AWS_ACCESS_KEY_ID, and at the clock of this machine",
      where: { file: place },
    });
  }
}

/** True for what another try may not meet again. */
export function isOutage(error: unknown): boolean {
  return error instanceof S3Outage;
}

/** The error that ends the patience with a store. */
export function finalError(error: unknown, place: string): unknown {
  if (!(error instanceof S3Outage)) return error;
  return new KindredError("run-failed", {
    seen: `the artifact store does not answer (${error.message})`,
    expected: "an S3-compatible store that takes requests",
    hint: "Look after the store, then resume the run",
    where: { file: place },
    cause: error,
  });
}

/** The body of an answer, in the pieces it comes in. @throws S3Outage when it breaks off */
export async function* piecesOf(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response) yield piece as Uint8Array;
  } catch (error) {
    throw S3Outage.of(error);
  }
}

/** The body of an answer as text. @throws S3Outage when it breaks off */
export async function textOf(response: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(response)) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
