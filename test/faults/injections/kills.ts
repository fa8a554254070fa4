import { setTimeout as wait } from "node:timers/promises";
import type { Round, RoundEnd } from "../round.ts";

/** A worker dies: its task has another attempt. */
export async function workerKill(round: Round): Promise<RoundEnd> {
  const session = await round.begin();
  if (!(await round.reach(session))) return round.verdict(false);
  let workers = session.workers();
  // Where no worker has begun yet, the first one that does.
  for (let i = 0; workers.length === 0 && i < 200 && !session.isEnded; i++) {
    await wait(5);
    workers = session.workers();
  }
  const injected = workers.length > 0;
  if (injected) killProcess(workers[round.random.integer(workers.length)] as number);
  await session.ended;
  return round.verdict(injected);
}

/** A scheduler dies, and its workers with it. */
export async function schedulerKill(round: Round): Promise<RoundEnd> {
  const injected = await killed(round);
  return round.verdict(injected);
}

/** Two resumes of one run at once: one of them goes on. */
export async function twoResumes(round: Round): Promise<RoundEnd> {
  const injected = await killed(round, true);
  if (round.earlier?.runs !== 1) return round.verdict(false);
  const ends = await Promise.all([round.resume(), round.resume()].map(({ ended }) => ended));
  const end = await round.verdict(injected);
  const others = ends.filter(({ code }) => code !== "done" && code !== "run-locked");
  const problems = others.map(({ code, message }) => `a resume ended with ${code}: ${message}`);
  return { ...end, lost: end.lost + others.length, problems: [...end.problems, ...problems] };
}

/** A task that never looks up from its work is killed at its time-out, which costs it an attempt. */
export async function deafTask(round: Round): Promise<RoundEnd> {
  const letter = "abcdefgh"[round.random.integer(8)];
  const task = { claim: "plan/plan", run: `spell/${letter}`, commit: `count/${letter}`, publish: "publish/publish" };
  const session = round.start({ deaf: task[round.phase] }, {}, "hasty");
  const end = await session.ended;
  return round.verdict(end.code === "done");
}

/** Starts a run, kills its scheduler at the moment and takes down what is committed. */
export async function killed(round: Round, needsRun = false): Promise<boolean> {
  const session = await round.begin(needsRun);
  const injected = await round.reach(session);
  session.signal("SIGKILL");
  await session.ended;
  await round.takeDown();
  return injected;
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
