import { KindredError } from "../../base/index.ts";

/** A schedule of cron: for each field the numbers that fit. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** As in cron: when both fields of days say something, a day that fits either will do. */
  readonly eitherDay: boolean;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Reads five fields: numbers, ranges, lists and steps. @throws config-invalid */
export function readCron(text: string): Cron {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== ranges.length) throw unreadable(text);
  const sets = fields.map((field, place) => readField(field, ranges[place] as readonly [number, number], text));
  const [minutes, hours, days, months, weekdays] = sets as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  if (weekdays.has(7)) weekdays.add(0);
  return { minutes, hours, days, months, weekdays, eitherDay: fields[2] !== "*" && fields[4] !== "*" };
}

/** The last full minute that fits, after `afterMs` and not after `untilMs`; null when there is none. */
export function lastFit(cron: Cron, afterMs: number, untilMs: number): number | null {
  let ms = Math.floor(untilMs / minuteMs) * minuteMs;
  while (ms > afterMs) {
    const date = new Date(ms);
    // A schedule may be watched for years: of a day that does not fit no other minute is looked at.
    if (!fitsDay(cron, date)) ms = Math.floor(ms / dayMs) * dayMs - minuteMs;
    else if (cron.hours.has(date.getUTCHours()) && cron.minutes.has(date.getUTCMinutes())) return ms;
    else ms -= minuteMs;
  }
  return null;
}

/** The days of the longest year, month by month. */
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** False for a schedule of days that no year has, such as a 31st of February. */
export function everFits({ days, months, eitherDay }: Cron): boolean {
  return eitherDay || [...months].some((month) => [...days].some((day) => day <= (longestMonths[month - 1] ?? 0)));
}

function fitsDay({ days, months, weekdays, eitherDay }: Cron, date: Date): boolean {
  const [day, weekday] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
  return months.has(date.getUTCMonth() + 1) && (eitherDay ? day || weekday : day && weekday);
}

function readField(field: string, [low, high]: readonly [number, number], text: string): Set<number> {
  const numbers = new Set<number>();
  for (const part of field.split(",")) {
    const found = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (found === null) throw unreadable(text);
    const [, first, last, step] = found;
    const from = first === undefined ? low : Number(first);
    const to = last !== undefined ? Number(last) : first === undefined || step !== undefined ? high : from;
    const by = step === undefined ? 1 : Number(step);
    if (from < low || to > high || from > to || by < 1) throw unreadable(text);
    for (let number = from; number <= to; number += by) numbers.add(number);
  }
  return numbers;
}

function unreadable(text: string): KindredError {
  return new KindredError("config-invalid", {
    seen: `the schedule "${text}"`,
    expected: 'five fields of cron in UTC, such as "30 3 * * 1-5"',
  });
}
