import { KindredError } from "../../../base/index.ts";

/** The cores that each task of a queue takes. @throws argument-invalid for a name that no queue of tasks has */
export function coresOfQueue(queue: string): number {
  const cores = /^cpu([1-9]\d{0,3})(-[A-Za-z0-9_][A-Za-z0-9._-]*)?$/.exec(queue)?.[1];
  if (cores !== undefined) return Number(cores);
  throw new KindredError("argument-invalid", {
    seen: `the queue ${JSON.stringify(queue)}, in which no task waits`,
    expected:
      "cpu and whole cores, then the named resources of the step in the order of the alphabet: cpu1, cpu4, cpu1-llm",
  });
}
