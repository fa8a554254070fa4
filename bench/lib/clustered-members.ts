import { columnOf, textAt } from "../../src/columns/index.ts";
import type { Clustering, EntityMember } from "../../src/linkage/index.ts";

/** Every record of a clustering with its entity. */
export function membersOf({ entities }: Pick<Clustering, "entities">): EntityMember[] {
  const cluster = columnOf(entities, "cluster", "number").values;
  const source = columnOf(entities, "source", "text");
  const id = columnOf(entities, "id", "text");
  return Array.from(cluster, (entity, row) => ({
    entity: String(entity),
    source: textAt(source, row) as string,
    id: textAt(id, row) as string,
  }));
}
