import { setTimeout as wait } from "node:timers/promises";
import type { Round, RoundEnd } from "../round.ts";
import { shiftedClock } from "./clock.ts";

/**
 * A scheduler is stopped, another takes its run over once the lease has run out, and the first goes on as if nothing had been:
 * what it writes is refused. The one that takes over has its clock a minute ahead, which spares waiting for the lease.
 */
export async function zombie(round: Round): Promise<RoundEnd> {
  const session = await round.begin(true);
  if (!(await round.reach(session))) return round.verdict(false);
  session.signal("SIGSTOP");
  await wait(20);
  await round.takeDown();
  if (round.earlier?.runs !== 1 || round.earlier.status !== "running") {
    session.signal("SIGKILL");
    await session.ended;
    return round.verdict(false);
  }
  const successor = round.resume(shiftedClock(60));
  const claimed = new Promise<void>((resolve) => successor.onEvent((type) => type === "run-started" && resolve()));
  await Promise.race([successor.ended, claimed]);
  // Back at a moment of its own: while the other works, or when that is done.
  await Promise.race([successor.ended, wait(round.random.integer(900))]);
  session.signal("SIGCONT");
  await Promise.all([session.ended, successor.ended]);
  const end = await round.verdict(true);
  const winners = [session, successor].filter(({ events }) => events.includes("run-finished"));
  const problems = winners.length > 1 ? ["both schedulers say that they did the run"] : [];
  return { ...end, doubled: end.doubled + problems.length, problems: [...end.problems, ...problems] };
}
