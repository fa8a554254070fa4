import { Hono } from "hono";
import { z } from "zod";
import { isKindredError } from "../../base/index.ts";
import type { RunSummary, Runs } from "../../flow/index.ts";
import { entityView, type Graph, type Proposal, search, similar } from "../../graph/index.ts";
import { checkedQuery, limitOf, shortText } from "../checked.ts";
import type { GraphHolder } from "../graph-holder.ts";
import type { LinkagePort } from "../linkage-port.ts";

const searchQuery = z.object({ q: shortText, type: shortText.optional(), limit: limitOf(10) });

/** Members whose records an entity's page shows side by side. */
const recordsShown = 12;

/** Similar entities an entity's page shows. */
const similarShown = 6;

/** What the graph holds, search, and everything about one entity. */
export function graphRoutes(graphs: GraphHolder, linkage: LinkagePort, runs: Runs): Hono {
  return new Hono()
    .get("/summary", async (context) => {
      const { counts, sources } = await graphs.use(({ manifest }) => manifest).catch(nothingPublished);
      return context.json({ counts, sources, run: await publishedBy(linkage, runs) });
    })
    .get("/search", async (context) => {
      const { q, type, limit } = checkedQuery(context, searchQuery);
      const hits = await graphs.use((graph) => search(graph, q, { limit, ...(type === undefined ? {} : { type }) }));
      return context.json({ hits });
    })
    .get("/entities/:id", async (context) => {
      const { entity, proposals, relations } = await graphs.use((graph) => {
        const view = entityView(graph, context.req.param("id"));
        const { relationTypes } = graph.manifest.ontology;
        return { entity: view, proposals: similarTo(graph, view.id, view.memberTotal), relations: relationTypes };
      });
      const links = await linkage.links(entity.members);
      const records = await linkage.records(entity.members.slice(0, recordsShown));
      return context.json({ entity, records, links, similar: proposals, relations });
    });
}

/** The run that published the graph; null where there is none, or where another home knows of it. */
async function publishedBy(linkage: LinkagePort, runs: Runs): Promise<RunSummary | null> {
  try {
    return await runs.summary(await linkage.run());
  } catch (error) {
    if (isKindredError(error) && error.code === "not-found") return null;
    throw error;
  }
}

/** What a home without a published graph has: its runs are shown all the same. */
function nothingPublished(error: unknown): { readonly counts: null; readonly sources: readonly string[] } {
  if (isKindredError(error) && error.code === "not-found") return { counts: null, sources: [] };
  throw error;
}

/** A genre or a country is like no other in any useful way: only things that sources hold records of are compared. */
function similarTo(graph: Graph, id: string, memberTotal: number): Proposal[] {
  return memberTotal === 0 ? [] : similar(graph, id, { limit: similarShown });
}
