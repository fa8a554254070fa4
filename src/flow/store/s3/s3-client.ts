import type { IncomingMessage } from "node:http";
import { KindredError } from "../../../base/index.ts";
import { Patience } from "../patience.ts";
import { HttpSender } from "./http-request.ts";
import { finalError, isOutage, S3Outage } from "./s3-errors.ts";
import { defaultRegion, objectUrl, type S3Credentials, type S3Place, type S3Settings } from "./s3-settings.ts";

/** A store that does not come back within it is given up. */
const patienceMs = 30_000;

/** One request, by the key of its object. */
export interface S3Request {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Null for the bucket itself. */
  readonly key: string | null;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly bytes: Uint8Array; readonly sha256: string };
  /** The answers that the caller knows what to do about; others are errors. */
  readonly statuses: readonly number[];
}

/** SHA-256 of nothing. */
const emptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

type Signer = typeof import("aws4fetch")["AwsV4Signer"];

/** Signed requests to one place in an S3-compatible store, each tried again while the store is out of reach. */
export class S3Client {
  readonly place: S3Place;
  private readonly settings: S3Settings;
  private readonly credentials: S3Credentials;
  private readonly sender = new HttpSender();
  private signer: Promise<Signer> | null = null;

  /** @throws config-invalid when there are no keys */
  constructor(place: S3Place, settings: S3Settings) {
    this.place = place;
    this.settings = settings;
    if (settings.credentials === undefined) {
      const hint = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, of keys that run out)";
      throw new KindredError("config-invalid", { seen: `no keys for the artifact store ${this.name}`, hint });
    }
    this.credentials = settings.credentials;
  }

  /** What people know the place by. */
  get name(): string {
    return `s3://${this.place.bucket}/${this.place.prefix}`;
  }

  /** @throws run-failed when the store stays out of reach, config-invalid when it refuses, and what `read` throws */
  async ask<T>(request: S3Request, read: (response: IncomingMessage) => Promise<T>): Promise<T> {
    const patience = new Patience(patienceMs);
    try {
      return await patience.run(() => this.askOnce(request, read), isOutage);
    } catch (error) {
      throw finalError(error, this.name);
    }
  }

  /** Asks once, for what must not be asked again. @throws S3Outage when the store is out of reach */
  async askOnce<T>(request: S3Request, read: (response: IncomingMessage) => Promise<T>): Promise<T> {
    const { method, key, query, headers, body, statuses } = request;
    const url = objectUrl(this.place, this.settings, key);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const Signer = await this.loadSigner();
    const { accessKeyId, secretAccessKey, sessionToken } = this.credentials;
    const signed = await new Signer({
      ...{ method, url: url.href, headers: { ...headers, "x-amz-content-sha256": body?.sha256 ?? emptySha256 } },
      ...{ accessKeyId, secretAccessKey, service: "s3", region: this.settings.region ?? defaultRegion },
      ...(sessionToken === undefined ? {} : { sessionToken }),
    }).sign();
    const sent = Object.fromEntries(signed.headers as Headers);
    const response = await this.sender.send(signed.url, method, sent, body?.bytes);
    try {
      if (statuses.includes(response.statusCode ?? 0)) return await read(response);
      throw await S3Outage.orRefusal(response, `${method} of ${key ?? "the bucket"}`, this.name);
    } finally {
      // What was not read would keep its line busy.
      response.resume();
    }
  }

  private loadSigner(): Promise<Signer> {
    this.signer ??= import("aws4fetch").then(
      ({ AwsV4Signer }) => AwsV4Signer,
      (cause: unknown) => {
        const hint = "Run: npm i aws4fetch@1";
        throw new KindredError("config-invalid", { seen: "the package aws4fetch is not installed", hint, cause });
      },
    );
    return this.signer;
  }
}
