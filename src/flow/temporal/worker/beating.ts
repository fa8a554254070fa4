import { Context } from "@temporalio/activity";

const heartbeatMs = 1_000;

/** Does the work of an activity while the engine hears that this worker lives: one that died is replaced within seconds. */
export async function beating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
