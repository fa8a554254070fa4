import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Graph, graphFiles } from "../graph/index.ts";

/** A graph that is open, or being opened. */
interface Held {
  readonly opened: Promise<{ readonly graph: Graph; readonly edition: string | undefined }>;
  /** Requests that are looking at it. */
  users: number;
  isRetired: boolean;
}

/** Keeps the published graph open between requests, and opens it anew when it was published again, by whomever. */
export class GraphHolder {
  readonly #open: () => Promise<Graph>;
  #held: Held | undefined;

  constructor(open: () => Promise<Graph>) {
    this.#open = open;
  }

  /** Runs a request on the graph, which stays open until the request ends. */
  async use<T>(ask: (graph: Graph) => T | Promise<T>): Promise<T> {
    await this.#renewIfReplaced();
    this.#held ??= { opened: this.#opened(), users: 0, isRetired: false };
    const held = this.#held;
    held.users++;
    try {
      const { graph } = await held.opened.catch((error: unknown) => {
        // A graph that could not be opened is tried again by the next request.
        if (this.#held === held) this.#held = undefined;
        throw error;
      });
      return await ask(graph);
    } finally {
      held.users--;
      await closeIfFree(held);
    }
  }

  /** The graph was published anew: later requests open it again, running ones end on the old one. */
  async renew(): Promise<void> {
    const old = this.#held;
    this.#held = undefined;
    if (!old) return;
    old.isRetired = true;
    await closeIfFree(old);
  }

  async #renewIfReplaced(): Promise<void> {
    const held = this.#held;
    const opened = await held?.opened.catch(() => undefined);
    if (!opened || opened.edition === (await editionOf(opened.graph))) return;
    // Another request may have noticed meanwhile.
    if (this.#held === held) await this.renew();
  }

  async #opened(): Promise<{ graph: Graph; edition: string | undefined }> {
    const graph = await this.#open();
    return { graph, edition: await editionOf(graph) };
  }
}

async function closeIfFree(held: Held): Promise<void> {
  if (!held.isRetired || held.users > 0) return;
  const opened = await held.opened.catch(() => undefined);
  opened?.graph.close();
}

/** Tells one publication from the next: each writes its manifest as a new file. Undefined where there is none. */
async function editionOf({ directory }: Graph): Promise<string | undefined> {
  const found = await stat(join(directory, graphFiles.manifest)).catch(() => undefined);
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`;
}
