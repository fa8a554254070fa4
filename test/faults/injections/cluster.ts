import { setTimeout as wait } from "node:timers/promises";
import type { ServerProcess } from "../../servers/server-process.ts";
import type { Crew } from "../grounds/crew.ts";
import type { Round, RoundEnd } from "../round.ts";

/** A worker of a cluster dies at the moment, and another joins. */
export async function clusterWorkerKill(round: Round, crew: Crew): Promise<RoundEnd> {
  const session = await round.begin();
  const injected = await round.reach(session);
  crew.kill(round.random);
  await Promise.all([crew.fill(), round.takeDown()]);
  await session.ended;
  return round.verdict(injected);
}

/** The Temporal server dies at the moment, and comes back a while later with what is in its file; workers wait for it. */
export async function temporalKill(round: Round, server: ServerProcess, crew: Crew): Promise<RoundEnd> {
  const session = await round.begin();
  const injected = await round.reach(session);
  await server.kill();
  await wait(round.random.integer(2_000));
  await server.start();
  await round.takeDown();
  await session.ended;
  const end = await round.verdict(injected);
  const gone = await crew.fill();
  const problems = gone > 0 ? [`${gone} workers ended with the server`] : [];
  return { ...end, lost: end.lost + gone, problems: [...end.problems, ...problems] };
}
