import { Hono } from "hono";
import { z } from "zod";
import type { Graph } from "../../graph/index.ts";
import { checkedBody, checkedQuery, limitOf, shortText } from "../checked.ts";
import type { GraphHolder } from "../graph-holder.ts";
import { HttpProblem } from "../http-problem.ts";
import type { LinkagePort, PairEntity, RecordName } from "../linkage-port.ts";

const pairQuery = z.object({
  left_source: shortText,
  left_id: shortText,
  right_source: shortText,
  right_id: shortText,
});
const mergesQuery = z.object({
  kind: z.enum(["weakest", "review"]).default("weakest"),
  offset: z.coerce.number().int().min(0).max(1e9).default(0),
  limit: limitOf(25),
});
const recordName = z.object({ source: shortText, id: shortText });
const decisionBody = z.object({
  kind: z.enum(["same", "different"]),
  left: recordName,
  right: recordName,
  reason: shortText.optional(),
});
const eventParam = z.coerce.number().int().positive();

/** Pairs with their evidence, and what people decide about them. */
export function linkageRoutes(linkage: LinkagePort, graphs: GraphHolder): Hono {
  const oneAtATime = exclusive();
  return new Hono()
    .get("/pairs", async (context) => {
      const { left_source, left_id, right_source, right_id } = checkedQuery(context, pairQuery);
      const pair = await linkage.explain({ source: left_source, id: left_id }, { source: right_source, id: right_id });
      const entities = await graphs.use((graph) => ({
        left: entityOf(graph, pair.left),
        right: entityOf(graph, pair.right),
      }));
      return context.json({ ...pair, entities });
    })
    .get("/merges", async (context) => {
      const { kind, offset, limit } = checkedQuery(context, mergesQuery);
      return context.json(await linkage.merges(kind, offset, limit));
    })
    .get("/decisions", async (context) => context.json({ decisions: await linkage.decisions() }))
    .post("/decisions", async (context) => {
      const decision = await checkedBody(context, decisionBody);
      const decided = await oneAtATime(() => linkage.decide(decision));
      await graphs.renew();
      return context.json(decided);
    })
    .post("/decisions/:event/revoke", async (context) => {
      const event = eventParam.safeParse(context.req.param("event"));
      if (!event.success) throw new HttpProblem(400, "argument-invalid", "the number of a decision is expected");
      const revoked = await oneAtATime(() => linkage.revoke(event.data));
      await graphs.renew();
      return context.json(revoked);
    });
}

/** The entity that a record belongs to now; null for a record that the graph does not hold. */
function entityOf({ members, entities }: Graph, { source, id }: RecordName): PairEntity | null {
  const place = members.find(source, id);
  return place === undefined ? null : { id: entities.idOf(place), label: entities.labelOf(place) };
}

/** Two decisions at once would publish over each other, so the second is asked to come again. */
function exclusive(): <T>(act: () => Promise<T>) => Promise<T> {
  let busy = false;
  return async (act) => {
    if (busy) throw new HttpProblem(409, "run-locked", "another decision is being carried out; try again in a moment");
    busy = true;
    try {
      return await act();
    } finally {
      busy = false;
    }
  };
}
