import { Hono } from "hono";
import { z } from "zod";
import { openRuns, type Runs, type StorePlaces } from "../../flow/index.ts";
import { cardPage, cardPolicy } from "../card-page.ts";
import { checkedQuery, limitOf, shortText } from "../checked.ts";

const listQuery = z.object({ limit: limitOf(100) });
const levels = z.enum(["debug", "print", "info", "warn", "error"]);
const logsQuery = z.object({
  step: shortText.optional(),
  key: shortText.optional(),
  level: levels.optional(),
  attempt: z.coerce.number().int().positive().optional(),
  since: z.coerce.number().optional(),
  until: z.coerce.number().optional(),
});
const taskQuery = z.object({ step: shortText, key: shortText });
const cardQuery = taskQuery.extend({ attempt: z.coerce.number().int().positive().optional() });

/** A longer outcome of a task is cut in an answer. */
const outcomeCharsMax = 20_000;

/** The longest part of a log that an answer holds, from its end. */
const logCharsMax = 200_000;

/** The runs of a home: the list, one with its tasks, and what its tasks wrote. */
export function runRoutes(home: string, places: StorePlaces): Hono {
  const withRuns = <T>(use: (runs: Runs) => Promise<T>) => withRunsOf(home, places, use);
  return new Hono()
    .get("/runs", async (context) => {
      const { limit } = checkedQuery(context, listQuery);
      return context.json({ runs: await withRuns((runs) => runs.list({ limit })) });
    })
    .get("/runs/:run", async (context) => context.json(await withRuns((runs) => runs.read(context.req.param("run")))))
    .get("/runs/:run/insight", async (context) => {
      const run = context.req.param("run");
      const answer = await withRuns(async (runs) => ({
        run: await runs.summary(run),
        insight: await runs.insight(run),
      }));
      return context.json(answer);
    })
    .get("/runs/:run/time-line", async (context) =>
      context.json(await withRuns((runs) => runs.timeLine(context.req.param("run")))),
    )
    .get("/runs/:run/task", async (context) => {
      const [run, { step, key }] = [context.req.param("run"), checkedQuery(context, taskQuery)];
      const { artifact: _, ...task } = await withRuns((runs) => runs.task(run, step, key));
      const outcome = await withRuns((runs) => runs.outcome(run, step, key));
      return context.json({ task, outcome: outcome?.slice(0, outcomeCharsMax) ?? null });
    })
    .get("/runs/:run/card", async (context) => {
      const [run, { step, key, attempt }] = [context.req.param("run"), checkedQuery(context, cardQuery)];
      const card = await withRuns((runs) => runs.card(run, step, key, attempt));
      context.header("Content-Security-Policy", cardPolicy);
      return context.html(cardPage(card));
    })
    .get("/runs/:run/logs", async (context) => {
      const { since: sinceMs, until: untilMs, ...asked } = checkedQuery(context, logsQuery);
      const logs = await withRuns((runs) => runs.logs(context.req.param("run"), { ...asked, sinceMs, untilMs }));
      return context.json({
        logs: logs.map(({ path: _path, ...log }) => ({ ...log, text: log.text.slice(-logCharsMax) })),
      });
    });
}

async function withRunsOf<T>(home: string, places: StorePlaces, use: (runs: Runs) => Promise<T>): Promise<T> {
  const runs = await openRuns(home, places);
  try {
    return await use(runs);
  } finally {
    await runs.close();
  }
}
