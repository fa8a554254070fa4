import fc from "fast-check";
import { expect, test } from "vitest";
import { lastFit, readCron } from "./cron.ts";

const at = (text: string): number => Date.parse(text);

test.each([
  ["30 3 * * 1-5", "2026-11-28T12:00:00Z", "2026-11-27T03:30:00.000Z"],
  ["*/15 * * * *", "2026-11-26T12:29:59Z", "2026-11-26T12:15:00.000Z"],
  ["0 0 1 1 *", "2026-11-26T12:00:00Z", "2026-01-01T00:00:00.000Z"],
  ["0 12 * * 7", "2026-11-26T12:00:00Z", "2026-11-22T12:00:00.000Z"],
  ["0 6 13 * 5", "2026-11-26T12:00:00Z", "2026-11-20T06:00:00.000Z"],
])("%s was due last before %s at %s", (cron, until, expected) => {
  const found = lastFit(readCron(cron), at("2025-11-26T00:00:00Z"), at(until));
  expect(found === null ? null : new Date(found).toISOString()).toBe(expected);
});

test.each(["", "* * * *", "60 * * * *", "* 24 * * *", "5-3 * * * *", "*/0 * * * *", "a * * * *", "* * 0 * *"])(
  "%s is no schedule",
  (cron) => {
    expect(() => readCron(cron)).toThrow(/five fields of cron/);
  },
);

test("a schedule of one minute of the day fits once in any day, and at that minute", () => {
  const day = 86_400_000;
  fc.assert(
    fc.property(
      fc.nat(59),
      fc.nat(23),
      fc.integer({ min: at("2020-01-01"), max: at("2030-01-01") }),
      (minute, hour, untilMs) => {
        const cron = readCron(`${minute} ${hour} * * *`);
        const found = lastFit(cron, untilMs - day, untilMs);
        expect(found).not.toBeNull();
        const date = new Date(found ?? 0);
        expect([date.getUTCMinutes(), date.getUTCHours(), date.getUTCSeconds()]).toEqual([minute, hour, 0]);
        expect(lastFit(cron, found ?? 0, untilMs)).toBeNull();
      },
    ),
    { seed: 5, numRuns: 50 },
  );
});
