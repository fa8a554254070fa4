import type { Command } from "commander";
import type { Trigger } from "../flow/index.ts";
import { collect } from "./link-options.ts";

/** The flags of `kindred run` that name triggers. */
export interface TriggerFlags {
  readonly onFinishOf: readonly string[];
  readonly every?: string;
  readonly at: readonly string[];
  readonly onEvent: readonly string[];
  readonly triggered?: boolean;
}

/** Declares them. */
export function addTriggerFlags(command: Command): Command {
  return command
    .optionsGroup("When it runs, in place of now:")
    .option("--on-finish-of <flow>", "wait, and run each time that flow is done here (repeatable)", collect, [])
    .option("--every <period>", "wait, and run every 90s, 15m, 1h, 1d")
    .option("--at <cron>", "wait, and run by five fields of cron, UTC (repeatable)", collect, [])
    .option("--on-event <name>", "wait, and run for each kindred emit NAME (repeatable)", collect, [])
    .option("--triggered", "wait for the triggers that the flow declares");
}

/** The triggers that were named; undefined when the flow is to run now, empty for those that it declares itself. */
export function triggersOf({
  onFinishOf,
  every,
  at,
  onEvent,
  triggered,
}: TriggerFlags): readonly Trigger[] | undefined {
  const triggers: Trigger[] = [
    ...onFinishOf.map((name) => ({ onFinishOf: name })),
    ...(every === undefined ? [] : [{ every }]),
    ...at.map((cron) => ({ at: cron })),
    ...onEvent.map((name) => ({ onEvent: name })),
  ];
  return triggers.length > 0 || triggered === true ? triggers : undefined;
}
