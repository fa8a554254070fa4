import { describe, expect, test } from "vitest";
import { seededRandom } from "./random.ts";

describe("a seeded source of random numbers", () => {
  test("repeats itself for one seed and differs for another", () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, () => seededRandom(seed).next());
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test("fills its range evenly", () => {
    const random = seededRandom(7);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[random.integer(10)]!++;
    expect(Math.min(...counts) / Math.max(...counts)).toBeGreaterThan(0.9);
  });

  test("gives each part of the work its own sequence", () => {
    const random = seededRandom(7);
    expect(random.fork("a").next()).not.toBe(random.fork("b").next());
    expect(random.fork("a").next()).toBe(seededRandom(7).fork("a").next());
  });
});
