import { defineQuery, defineSignal } from "@temporalio/workflow";
import type { WindowReport } from "../../scheduler/window/window-event.ts";
import type { DrainHow } from "../../scheduler/window/window-state.ts";
import type { Breakage } from "../wire.ts";

// What the workflow of a run and those of its windows say to each other, by the names that histories know it by.

/** Asks a window to come to its end. */
export const drainSignal = defineSignal<[DrainHow]>("drain");

/** Tells the run of a window that is still open. */
export const reportSignal = defineSignal<[WindowReport]>("report");

/** Tells the run how long a task of a step takes, as soon as that is known: later windows begin with it. */
export const timesSignal = defineSignal<[step: string, taskMs: number]>("task-times");

/** Tells the run of a ceiling that was reached: it is to stop. */
export const spentSignal = defineSignal<[Breakage]>("spent");

/** How the tasks of a window are to end; null while they are not. */
export const drainQuery = defineQuery<DrainHow | null>("drain-how");
