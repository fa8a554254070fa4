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

test("a schedule fits last where looking at every minute finds it, whatever its fields", () => {
  const fieldOf = (low: number, high: number) =>
    fc.oneof(fc.constant("*"), fc.integer({ min: low, max: high }).map(String), fc.constant(`${low}-${high}/3`));
  const fields = fc.tuple(fieldOf(0, 59), fieldOf(0, 23), fieldOf(1, 31), fieldOf(1, 12), fieldOf(0, 7));
  const until = fc.integer({ min: at("2023-12-01"), max: at("2024-04-01") });
  fc.assert(
    fc.property(fields, until, fc.nat({ max: 70 * 1_440 }), (cron, untilMs, minutes) => {
      const read = readCron(cron.join(" "));
      const afterMs = untilMs - minutes * 60_000;
      let slow: number | null = null;
      for (let ms = Math.floor(untilMs / 60_000) * 60_000; ms > afterMs && slow === null; ms -= 60_000)
        slow = lastFit(read, ms - 1, ms);
      expect(lastFit(read, afterMs, untilMs)).toBe(slow);
    }),
    { seed: 8, numRuns: 60 },
  );
});

test("a schedule that never fits is known not to by its days, however long it is watched", () => {
  const beganMs = performance.now();
  expect(lastFit(readCron("0 0 30 2 *"), at("1926-01-01"), at("2026-01-01"))).toBeNull();
  // A hundred years are 53 million minutes, and 36 thousand days.
  expect(performance.now() - beganMs).toBeLessThan(1_000);
});
