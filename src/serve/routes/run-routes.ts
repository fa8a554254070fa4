import { Hono } from "hono";
import { z } from "zod";
import { openRuns, type Runs, type StorePlaces } from "../../flow/index.ts";
import { checkedQuery, limitOf, shortText } from "../checked.ts";

const listQuery = z.object({ limit: limitOf(100) });
const logsQuery = z.object({ step: shortText.optional(), key: shortText.optional() });

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
    .get("/runs/:run/logs", async (context) => {
      const { step, key } = checkedQuery(context, logsQuery);
      const logs = await withRuns((runs) => runs.logs(context.req.param("run"), { step, key }));
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
