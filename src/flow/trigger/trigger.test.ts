import { expect, test } from "vitest";
import { checkTrigger, lengthMs, periodMs } from "./trigger.ts";

test("a length of time may be none, and a text that is no length of time is not a number", () => {
  expect(["90s", "15m", "12h", "30d", "0d"].map(lengthMs)).toEqual([90_000, 900_000, 43_200_000, 2_592_000_000, 0]);
  expect(["", "s", "-1s", "1.5h", "1w", "1234567s", " 1s"].map(lengthMs)).toEqual(Array(7).fill(Number.NaN));
});

test("a period is never none: a flow would run without end", () => {
  expect(periodMs("1s")).toBe(1_000);
  for (const text of ["0s", "00d", "soon"]) expect(() => periodMs(text)).toThrow("such as 90s, 15m, 1h or 1d");
});

test("a schedule that no year fits is refused, and one that few years fit is not", () => {
  for (const at of ["0 0 31 2 *", "0 0 30,31 2 *", "0 0 31 2,4,6,9,11 *"])
    expect(() => checkTrigger({ at }), at).toThrow(`the schedule "${at}"; expected a day that some year has`);
  for (const at of ["0 0 29 2 *", "0 0 31 1-12 *", "0 0 31 2 1", "0 0 * 2 *"])
    expect(checkTrigger({ at })).toEqual({ at });
});
