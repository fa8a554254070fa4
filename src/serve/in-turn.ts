import { HttpProblem } from "./http-problem.ts";

/** The most that waits for its turn. */
const waitingMax = 64;

/**
 * Carries out what costs time one after the other; who asks for the same meanwhile gets the same answer. So however often a page
 * is loaded anew, the server does it once at a time. @throws limit-exceeded where too many wait
 */
export function inTurn<T>(): (key: string, act: () => Promise<T>) => Promise<T> {
  const waiting = new Map<string, Promise<T>>();
  let last: Promise<unknown> = Promise.resolve();
  return (key, act) => {
    const known = waiting.get(key);
    if (known !== undefined) return known;
    if (waiting.size >= waitingMax)
      throw new HttpProblem(429, "limit-exceeded", `${waitingMax} requests wait already; try again in a moment`);
    const answer = last.then(act, act).finally(() => waiting.delete(key));
    waiting.set(key, answer);
    last = answer.catch(() => undefined);
    return answer;
  };
}
