import { KindredError } from "../../base/index.ts";
import type { StepCode } from "../flow.ts";
import type { StoredArtifact } from "../run-record.ts";
import type { StepNode } from "../step-graph.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { ItemIndex } from "./item-index.ts";
import { ItemWriter } from "./item-writer.ts";
import { readItemIndex, readItems } from "./read-items.ts";

/** What the plan of a step is made from. */
export interface PlanParts {
  readonly node: StepNode;
  readonly code: StepCode;
  readonly art: Readonly<Record<string, unknown>>;
  readonly params: unknown;
  /** What the plan of the step it is within found out; null for a step within none. */
  readonly outer: StoredArtifact | null;
  readonly store: ArtifactStore;
}

const skipped: ItemIndex = { width: 0, skipped: true, pages: [], groups: [] };

/** Asks the condition of a step and lists its items. @throws config-invalid, limit-exceeded, and what the flow's code throws */
export async function planStep(parts: PlanParts): Promise<ItemIndex> {
  const { node, code, art, params } = parts;
  if (node.conditional && !(await holds(code, art, params))) return skipped;
  if (node.kind === "single") return { width: 1, skipped: false, pages: [], groups: [] };
  return node.within === null ? listItems(parts) : listItemsWithin(parts, node.within);
}

async function holds(code: StepCode, art: unknown, params: unknown): Promise<boolean> {
  const answer = await code.when?.(art as never, params as never);
  if (typeof answer === "boolean") return answer;
  throw new KindredError("config-invalid", { seen: `"when" returned ${typeof answer}`, expected: "true or false" });
}

async function listItems({ code, art, params, store }: PlanParts): Promise<ItemIndex> {
  const writer = new ItemWriter(store);
  let index = 0;
  for await (const item of itemsOf(await code.over?.(art as never, params as never))) {
    await writer.add(code.key?.(item as never, index), item, code.size?.(item as never, index));
    index += 1;
  }
  return { width: writer.width, skipped: false, pages: await writer.end(), groups: [] };
}

async function listItemsWithin({ code, art, params, outer, store }: PlanParts, within: string): Promise<ItemIndex> {
  const writer = new ItemWriter(store);
  const counts: number[] = [];
  const outerIndex = outer === null ? skipped : await readItemIndex(outer, store);
  const outcomes = flat(art[within] ?? [], outerIndex.groups.length);
  for await (const parent of readItems(outerIndex, store)) {
    const { key: parentKey, item: parentItem } = parent;
    const given = { item: parentItem, outcome: outcomes[counts.length], art, params };
    let index = 0;
    for await (const item of itemsOf(await code.over?.(given as never, undefined as never))) {
      const size = code.size?.(item as never, index);
      await writer.add(code.key?.(item as never, index), item, size, `${parentKey}/`);
      index += 1;
    }
    counts.push(index);
  }
  const groups = [...outerIndex.groups, counts];
  return { width: writer.width, skipped: false, pages: await writer.end(), groups };
}

function flat(artifact: unknown, levels: number): readonly unknown[] {
  return (artifact as unknown[]).flat(levels);
}

function itemsOf(items: unknown): Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof items === "object" && items !== null && (Symbol.iterator in items || Symbol.asyncIterator in items))
    return items as Iterable<unknown>;
  throw new KindredError("config-invalid", {
    seen: `"over" returned ${items === null ? "null" : typeof items}`,
    expected: "an array of items, or what yields them one by one",
  });
}
