import { setTimeout as wait } from "node:timers/promises";
import type { CutPlace, CuttingProxy } from "../../servers/cutting-proxy.ts";
import type { PostgresServer } from "../../servers/postgres-server.ts";
import type { Round, RoundEnd } from "../round.ts";

/** PostgreSQL dies with all its processes at the moment, and comes back a while later with all that was committed. */
export async function postgresKill(round: Round, { process: server }: PostgresServer): Promise<RoundEnd> {
  const session = await round.begin();
  const injected = await round.reach(session);
  await server.kill();
  await wait(round.random.integer(400));
  await server.start();
  await round.takeDown();
  await session.ended;
  return round.verdict(injected);
}

/** From the moment on some lines to the artifact store are cut, before a put, in it or once it was stored. */
export async function storeCut(round: Round, proxy: CuttingProxy, place: CutPlace): Promise<RoundEnd> {
  const before = proxy.cuts;
  const session = await round.begin();
  await round.reach(session);
  proxy.cut(place, 1 + round.random.integer(3), 1 + round.random.integer(2_000));
  await session.ended;
  // What was not cut any more is not for the next round.
  const injected = proxy.cuts > before;
  proxy.cut(place, 0);
  return round.verdict(injected);
}
