import { Hono } from "hono";
import { z } from "zod";
import { systemClock } from "../../base/index.ts";
import {
  insightOf,
  logLevels,
  type RunRecord,
  type RunSummary,
  type Runs,
  readWaiting,
  timeLineOf,
  unknownWaits,
  type Waiting,
  withWait,
} from "../../flow/index.ts";
import { cardPage, cardPolicy } from "../card-page.ts";
import { checkedQuery, limitOf, shortText } from "../checked.ts";

const listQuery = z.object({ limit: limitOf(100) });
/** A page asks for both at once, so that a run of very many tasks is read once. */
const insightQuery = z.object({ with: z.literal("time-line").optional() });
const logsQuery = z.object({
  step: shortText.optional(),
  key: shortText.optional(),
  level: z.enum(logLevels).optional(),
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

/** The list of runs, one with its tasks, and what its tasks wrote. */
export function runRoutes(runs: Runs): Hono {
  return new Hono()
    .get("/runs", async (context) => {
      const { limit } = checkedQuery(context, listQuery);
      const listed = await runs.list({ limit });
      const waits = await runs.waits(listed);
      return context.json({ runs: listed.map((run) => withWait(run, waits)), ...unknownWaits(waits) });
    })
    .get("/runs/:run", async (context) => {
      const { record, waits } = await readWaiting(runs, context.req.param("run"));
      return context.json({ ...record, ...unknownWaits(waits) });
    })
    .get("/runs/:run/insight", async (context) => {
      const { with: also } = checkedQuery(context, insightQuery);
      const { record, waits } = await readWaiting(runs, context.req.param("run"));
      const nowMs = systemClock.nowMs();
      const timeLine = also === undefined ? undefined : await timeLineOf(record, nowMs);
      const insight = await insightOf(record, nowMs);
      return context.json({ run: summaryOf(record), insight, timeLine, ...unknownWaits(waits) });
    })
    .get("/runs/:run/time-line", async (context) => {
      const { record } = await readWaiting(runs, context.req.param("run"));
      return context.json(await timeLineOf(record, systemClock.nowMs()));
    })
    .get("/runs/:run/task", async (context) => {
      const [run, { step, key }] = [context.req.param("run"), checkedQuery(context, taskQuery)];
      const { artifact: _, ...task } = await runs.task(run, step, key);
      const outcome = await runs.outcome(run, step, key);
      return context.json({ task, outcome: outcome?.slice(0, outcomeCharsMax) ?? null });
    })
    .get("/runs/:run/card", async (context) => {
      const [run, { step, key, attempt }] = [context.req.param("run"), checkedQuery(context, cardQuery)];
      const card = await runs.card(run, step, key, attempt);
      context.header("Content-Security-Policy", cardPolicy);
      return context.html(cardPage(card));
    })
    .get("/runs/:run/logs", async (context) => {
      const { since: sinceMs, until: untilMs, ...asked } = checkedQuery(context, logsQuery);
      const logs = await runs.logs(context.req.param("run"), { ...asked, sinceMs, untilMs });
      return context.json({
        logs: logs.map(({ path: _path, ...log }) => ({ ...log, text: log.text.slice(-logCharsMax) })),
      });
    });
}

function summaryOf({
  graph: _graph,
  holder: _holder,
  code: _code,
  dataSets: _dataSets,
  inputs: _inputs,
  steps: _steps,
  ...summary
}: Waiting<RunRecord>): Waiting<RunSummary> {
  return summary;
}
