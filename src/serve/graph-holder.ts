import type { Graph } from "../graph/index.ts";

/** Keeps the published graph open between requests, and opens it anew when it was published again. */
export class GraphHolder {
  readonly #open: () => Promise<Graph>;
  #graph: Promise<Graph> | undefined;
  readonly #usersByGraph = new Map<Graph, number>();
  readonly #retired = new Set<Graph>();

  constructor(open: () => Promise<Graph>) {
    this.#open = open;
  }

  /** Runs a request on the graph, which stays open until the request ends. */
  async use<T>(ask: (graph: Graph) => T | Promise<T>): Promise<T> {
    this.#graph ??= this.#open();
    const opening = this.#graph;
    const graph = await opening.catch((error: unknown) => {
      // A graph that could not be opened is tried again by the next request.
      if (this.#graph === opening) this.#graph = undefined;
      throw error;
    });
    this.#usersByGraph.set(graph, (this.#usersByGraph.get(graph) ?? 0) + 1);
    try {
      return await ask(graph);
    } finally {
      this.#usersByGraph.set(graph, (this.#usersByGraph.get(graph) ?? 1) - 1);
      this.#closeIfFree(graph);
    }
  }

  /** The graph was published anew: later requests open it again, running ones end on the old one. */
  async renew(): Promise<void> {
    const old = await this.#graph?.catch(() => undefined);
    this.#graph = undefined;
    if (!old) return;
    this.#retired.add(old);
    this.#closeIfFree(old);
  }

  #closeIfFree(graph: Graph): void {
    if (!this.#retired.has(graph) || (this.#usersByGraph.get(graph) ?? 0) > 0) return;
    this.#retired.delete(graph);
    this.#usersByGraph.delete(graph);
    graph.close();
  }
}
