import { KindredError } from "../../base/index.ts";
import { everFits, readCron } from "./cron.ts";

/**
 * What makes a flow run: another flow that is done, a time, or an event that somebody emits. All within one namespace: what
 * happens on a branch triggers nothing elsewhere.
 */
export type Trigger =
  | { readonly onFinishOf: string }
  /** Such as `90s`, `15m`, `1h`, `1d`. */
  | { readonly every: string }
  /** Five fields of cron, in UTC: minute, hour, day of the month, month, day of the week. */
  | { readonly at: string }
  | { readonly onEvent: string };

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Checks what was written. @throws config-invalid */
export function checkTrigger(trigger: Trigger): Trigger {
  if ("every" in trigger) periodMs(trigger.every);
  if ("at" in trigger && !everFits(readCron(trigger.at))) throw neverFires(trigger.at);
  const name = "onFinishOf" in trigger ? trigger.onFinishOf : "onEvent" in trigger ? trigger.onEvent : "ok";
  if (/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/.test(name)) return trigger;
  throw new KindredError("config-invalid", {
    seen: `the trigger ${JSON.stringify(trigger)}`,
    expected: "the name of a flow or an event: a letter, then letters, digits, ., - and _",
  });
}

function neverFires(at: string): KindredError {
  return new KindredError("config-invalid", { seen: `the schedule "${at}"`, expected: "a day that some year has" });
}

/** A trigger as one text, the same for the same trigger. */
export function triggerText(trigger: Trigger): string {
  if ("onFinishOf" in trigger) return `finish:${trigger.onFinishOf}`;
  if ("every" in trigger) return `every:${periodMs(trigger.every)}`;
  return "at" in trigger ? `at:${trigger.at.trim().replace(/\s+/g, " ")}` : `event:${trigger.onEvent}`;
}

/** A length of time in ms, such as `90s`, `12h` or none at all, `0d`; NaN for a text that is no length of time. */
export function lengthMs(text: string): number {
  const found = /^(\d{1,6})([smhd])$/.exec(text);
  return found === null ? Number.NaN : Number(found[1]) * (unitMs[found[2] as string] as number);
}

/** A period in ms. @throws config-invalid */
export function periodMs(text: string): number {
  const ms = lengthMs(text);
  if (ms > 0) return ms;
  throw new KindredError("config-invalid", { seen: `the period "${text}"`, expected: "such as 90s, 15m, 1h or 1d" });
}
