import type { TriggerStore, WatchBegin } from "../store/trigger-store.ts";
import { lastFit, readCron } from "./cron.ts";
import { periodMs, type Trigger, triggerText } from "./trigger.ts";

/** Who watches: a flow within a namespace. */
export interface Watcher {
  readonly namespace: string;
  readonly project: string | null;
  readonly flow: string;
}

/** The name under which a trigger of a flow is watched: the same in every process and after every crash. */
export function watchName({ namespace, project, flow }: Watcher, trigger: Trigger): string {
  return JSON.stringify([namespace, project, flow, triggerText(trigger)]);
}

/**
 * The firings of a trigger that are due and have not fired, oldest first, by names that say what each is for: the run that was
 * done, the event, the moment. Of moments that passed while nobody watched only the last is due.
 */
export async function dueFirings(
  store: TriggerStore,
  watcher: Watcher,
  trigger: Trigger,
  begin: WatchBegin,
  nowMs: number,
): Promise<string[]> {
  const watch = watchName(watcher, trigger);
  const due = await causesOf(store, watcher, trigger, begin, nowMs);
  const firings = due.map((cause) => `${watch} ${cause}`);
  const fired = await store.fired(firings);
  return firings.filter((firing) => !fired.has(firing));
}

async function causesOf(
  store: TriggerStore,
  { namespace }: Watcher,
  trigger: Trigger,
  begin: WatchBegin,
  nowMs: number,
): Promise<string[]> {
  if ("onFinishOf" in trigger)
    return (await store.runsDone(namespace, trigger.onFinishOf, begin.sinceMs)).map((run) => `run ${run}`);
  if ("onEvent" in trigger)
    return (await store.events(namespace, trigger.onEvent, begin.event)).map((event) => `event ${event}`);
  const moment =
    "every" in trigger
      ? lastPeriod(periodMs(trigger.every), begin.sinceMs, nowMs)
      : lastFit(readCron(trigger.at), begin.sinceMs, nowMs);
  return moment === null ? [] : [`at ${new Date(moment).toISOString()}`];
}

/** Periods count from the moment that the watch began. */
function lastPeriod(ms: number, sinceMs: number, nowMs: number): number | null {
  const periods = Math.floor((nowMs - sinceMs) / ms);
  return periods < 1 ? null : sinceMs + periods * ms;
}
