import { Worker } from "node:worker_threads";
import { type ErrorJson, errorFromJson, errorToJson } from "../../base/index.ts";
import type { BlobRef } from "../../flow/index.ts";
import type { VersionFigures } from "../../pipelines/index.ts";
import type { ComparisonView } from "../../serve/index.ts";
import type { ReadPlace } from "./production-reading.ts";

/** What the thread is asked for. */
export type ProductionQuestion =
  | { readonly kind: "figures"; readonly manifest: BlobRef }
  | { readonly kind: "compare"; readonly run: string };

/** Its answer to the question of that number. */
export interface ProductionAnswer {
  readonly number: number;
  readonly value?: unknown;
  readonly error?: ErrorJson;
}

const entry = new URL(`./production-thread-entry${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** Someone waits for an answer. */
interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Reads whole versions in a thread of its own, so that the other pages answer meanwhile. It is started by the first question,
 * and anew where it died.
 */
export class ProductionThread {
  readonly #place: ReadPlace;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #asked = 0;

  constructor(place: ReadPlace) {
    this.#place = place;
  }

  /** See `readFigures`. */
  figures(manifest: BlobRef): Promise<VersionFigures> {
    return this.#ask({ kind: "figures", manifest }) as Promise<VersionFigures>;
  }

  /** See `readComparison`. */
  compare(run: string): Promise<ComparisonView> {
    return this.#ask({ kind: "compare", run }) as Promise<ComparisonView>;
  }

  /** Ends the thread, whatever it is reading: it would keep the process alive. */
  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #ask(question: ProductionQuestion): Promise<unknown> {
    this.#thread ??= this.#started();
    const thread = this.#thread;
    const number = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      thread.postMessage({ number, question });
    });
  }

  #started(): Worker {
    const thread = new Worker(entry, { workerData: this.#place });
    thread.on("message", ({ number, value, error }: ProductionAnswer) => {
      const waiting = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(errorFromJson(error));
    });
    // By itself it ends only when it fails: of memory, or of a bug.
    thread.once("error", (error) => this.#died(thread, error));
    thread.once("exit", () => this.#died(thread, new Error("the thread that reads data sets ended")));
    return thread;
  }

  #died(thread: Worker, error: unknown): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    for (const { reject } of this.#waiting.values()) reject(errorFromJson(errorToJson(error)));
    this.#waiting.clear();
  }
}
