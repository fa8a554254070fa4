import { setTimeout as wait } from "node:timers/promises";
import { type ErrorJson, errorToJson, isKindredError, KindredError, systemClock } from "../../base/index.ts";
import { loadFlow, moduleUrl } from "../flow-module.ts";
import { openHomeMetadata } from "../home/home-stores.ts";
import { resumeRun, startRun } from "../hosts.ts";
import type { RunResult, StartOptions } from "../run-options.ts";
import type { MetadataStore } from "../store/metadata-store.ts";
import type { WatchBegin } from "../store/trigger-store.ts";
import { dueFirings, type Watcher, watchName } from "./due-firings.ts";
import { checkTrigger, type Trigger } from "./trigger.ts";

/** What is watched, and how the runs are made. */
export interface WatchOptions extends StartOptions {
  /** Default: those that the flow declares. */
  readonly triggers?: readonly Trigger[];
  /** How often is looked whether something is due, default 1 s. */
  readonly pollMs?: number;
  /** All triggers are watched from now on. */
  readonly onReady?: () => void;
  /** A run that a trigger made is at its end. */
  readonly onRun?: (firing: string, end: { readonly run: string | null; readonly error: ErrorJson | null }) => void;
}

/** A trigger, and from where on it is watched: that stays what it was when it was first watched. */
interface Watched {
  readonly trigger: Trigger;
  readonly begin: WatchBegin;
}

/**
 * Runs a flow each time one of its triggers fires, one run after the other, until the signal. Each firing makes one run, however
 * many watch and whenever they crash: the run and the name of its firing are written in one transaction, and a run that lost its
 * scheduler is resumed first.
 * @throws config-invalid, and what a run cannot begin for
 */
export async function watchTriggers(options: WatchOptions): Promise<void> {
  const { graph } = await loadFlow(moduleUrl(options.flowModule), options.exportName ?? "default");
  const triggers = (options.triggers ?? graph.triggers ?? []).map(checkTrigger);
  if (triggers.length === 0) throw noTrigger(graph.flow);
  const watcher = { namespace: options.namespace ?? "", project: graph.project, flow: graph.flow };
  const metadata = await openHomeMetadata(options.home, options);
  try {
    const watched: Watched[] = [];
    for (const trigger of triggers)
      watched.push({ trigger, begin: await metadata.triggers.beginWatch(watchName(watcher, trigger)) });
    options.onReady?.();
    for (const trigger of triggers) await resumeFired(options, metadata, watchName(watcher, trigger));
    while (options.signal?.aborted !== true) {
      for (const each of watched) await fireDue(options, metadata, watcher, each);
      await wait(options.pollMs ?? 1_000, undefined, { signal: options.signal }).catch(() => "it was stopped");
    }
  } finally {
    await metadata.close();
  }
}

function noTrigger(flow: string): KindredError {
  return new KindredError("config-invalid", {
    seen: `the flow "${flow}" declares no trigger, and none was named`,
    expected: 'such as flow("name", { triggers: [{ every: "1h" }] })',
  });
}

async function fireDue(
  options: WatchOptions,
  metadata: MetadataStore,
  watcher: Watcher,
  { trigger, begin }: Watched,
): Promise<void> {
  for (const firing of await dueFirings(metadata.triggers, watcher, trigger, begin, systemClock.nowMs())) {
    if (options.signal?.aborted === true) return;
    await told(options, firing, () => startRun({ ...options, firing }));
  }
}

/** Runs of earlier firings that nobody holds any more go on. */
async function resumeFired(options: WatchOptions, metadata: MetadataStore, watch: string): Promise<void> {
  for (const run of await metadata.triggers.unfinished(watch)) {
    if ((await metadata.readHead(run)).status === "interrupted")
      await told(options, watch, () => resumeRun({ ...options, run }));
  }
}

/** A run that failed is the business of whoever looks at it; the next firing has a run of its own. Another watcher may be first. */
async function told({ onRun }: WatchOptions, firing: string, run: () => Promise<RunResult>): Promise<void> {
  try {
    onRun?.(firing, { run: (await run()).run, error: null });
  } catch (error) {
    if (isKindredError(error) && error.code === "run-locked") return;
    onRun?.(firing, { run: null, error: errorToJson(error) });
  }
}
