import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";
import type { SearchHit } from "./views.ts";

/** How to search. */
export interface SearchOptions {
  /** Only this entity type or its narrower ones (`work` finds films and series). */
  readonly type?: string;
  /** Default 10. */
  readonly limit?: number;
}

/** Entities whose labels fit the text, best first; a year in the text ("psycho 1960") prefers entities of that year. */
export function search(_graph: Graph, _text: string, _options: SearchOptions = {}): SearchHit[] {
  throw new KindredError("internal", { seen: "search is being written" });
}
