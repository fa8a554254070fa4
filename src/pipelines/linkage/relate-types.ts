import type { TaskBlobs, TaskLog } from "../../flow/index.ts";
import {
  type OpenClustering,
  RelationsBuilder,
  relate,
  relationalDefaults,
  type Relations,
} from "../../linkage/index.ts";
import type { LinkageState } from "./linkage-state.ts";
import { worksField } from "./people-fields.ts";
import { peopleSource, personSlug } from "./person-slug.ts";
import { personType } from "./plan-sources.ts";
import { getTable } from "./stored-table.ts";

/** What related records add to the pairs of each entity type, by row; a type that has none is absent. */
export type RelatedByType = ReadonlyMap<string, Float64Array>;

/** Lets matches of people and of the works that name them speak for one another; see `relate`. */
export async function relateTypes(
  { blobs, log }: { readonly blobs: TaskBlobs; readonly log: TaskLog },
  { plan, sources }: Pick<LinkageState, "plan" | "sources">,
  opened: ReadonlyMap<string, OpenClustering>,
  rounds: number,
): Promise<RelatedByType> {
  const found = new Map<string, Float64Array>();
  const people = opened.get(personType);
  if (people === undefined || rounds === 0) return found;
  for (const { entityType } of plan.types) {
    const works = opened.get(entityType);
    const named = plan.sources.filter((one) => one.entityType === entityType && one.people.length > 0);
    if (works === undefined || entityType === personType || named.length === 0) continue;
    if (works.pairs.order.length + people.pairs.order.length > relationalDefaults.pairsMax) {
      log.warn("too many pairs to let related records speak for each other", { entityType });
      continue;
    }
    const relations = await readRelations(blobs, { plan, sources }, works, people);
    const related = relate({ works, people, relations, worksField }, rounds);
    const raised = (added: Float64Array): number => added.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0);
    log.info("let related records speak", { works: raised(related.works), people: raised(related.people) });
    found.set(entityType, related.works);
    const before = found.get(personType);
    found.set(
      personType,
      before === undefined ? related.people : before.map((one, i) => Math.max(one, related.people[i] as number)),
    );
  }
  return found;
}

async function readRelations(
  blobs: TaskBlobs,
  { plan, sources }: Pick<LinkageState, "plan" | "sources">,
  works: OpenClustering,
  people: OpenClustering,
): Promise<Relations> {
  const { settings } = works.model;
  const planned = plan.sources.filter((one) => settings.sources.includes(one.source));
  const roles = [...new Set(planned.flatMap((one) => one.people))];
  const title = settings.fields.find((field) => field.kind === "title" && !field.list)?.name ?? null;
  const builder = new RelationsBuilder(roles, title);
  for (const source of settings.sources) {
    const stored = sources.find((one) => one.source === source && one.entityType === settings.entityType);
    const from = peopleSource(source);
    for (const batch of stored?.batches ?? [])
      builder.add(await getTable(blobs, batch.table), (name) => people.records.recordOf(from, personSlug(name)) ?? -1);
  }
  return builder.build();
}
