import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse";
import { type MemberEntity, memberEntities } from "../../graph/index.ts";
import type { PublishedLinkage } from "./published-linkage.ts";

/**
 * Every record of a published linkage once, with the id of its entity. The people whom works name are among them only
 * where a graph was built; without one, `entities.csv` has the declared sources.
 */
export async function* publishedMembers({
  directory,
}: Pick<PublishedLinkage, "directory">): AsyncGenerator<MemberEntity> {
  const graph = join(directory, "graph");
  if (existsSync(graph)) return yield* memberEntities(graph);
  const rows = createReadStream(join(directory, "entities.csv")).pipe(parse({ columns: true }));
  for await (const { entity_id: entity, source, id } of rows) yield { entity, source, id };
}
