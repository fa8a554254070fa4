import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Value } from "../../columns/index.ts";
import { type KeyMakerName, keyMakerNames } from "../settings.ts";
import { keyMakerOf } from "./key-makers.ts";

/** Whether two values are found under a common key. */
function meet(maker: KeyMakerName, left: Value, right: Value): boolean {
  const keys = keyMakerOf({ field: "x", maker })(left);
  return keyMakerOf({ field: "x", maker })(right).some((key) => keys.includes(key));
}

describe("block keys", () => {
  const meeting: readonly (readonly [maker: KeyMakerName, left: Value, right: Value])[] = [
    ["title", "Shawshank Redemption, The", "The Shawshank Redemption"],
    ["title", "Shichinin no samurai (Seven Samurai)", "Seven Samurai"],
    ["baseTitle", "Birdman: Or (The Unexpected Virtue of Ignorance)", "Birdman"],
    ["baseTitle", "Mad Max 2: The Road Warrior", "The Road Warrior"],
    ["titleStart", "Schindler's List", "Schindlers Liste"],
    ["titleWords", "The Silence of the Lambs", "Silence of Lambs"],
    ["name", "Lee, Spike", "Spike Lee"],
    ["lastNameInitial", "F.W. Murnau", "Friedrich Wilhelm Murnau"],
    ["persons", ["Joel Coen", "Ethan Coen"], ["Coen, Ethan"]],
    ["year", 1999, 1999],
    ["exact", "978-3-16", "978316"],
    ["sound", "Андрей Тарковский", "Tarkovskij, Andrej"],
    ["words", "Two imprisoned men bond", "Imprisoned at last"],
  ];
  test.for(meeting)("%s: %j and %j meet", ([maker, left, right]) => {
    expect(meet(maker, left, right)).toBe(true);
  });

  const apart: readonly (readonly [maker: KeyMakerName, left: Value, right: Value])[] = [
    ["title", "Rocky", "Rocky II"],
    ["baseTitle", "Alien: Covenant", "Prometheus"],
    ["lastNameInitial", "Steve Martin", "Dean Martin"],
    ["leadingPersons", ["A B", "C D", "Ethan Coen"], ["Ethan Coen"]],
    ["year", 1999, 2000],
    ["exact", "tt0111161", "tt0111162"],
    ["words", "It is he", "It is she or he"],
  ];
  test.for(apart)("%s: %j and %j do not meet", ([maker, left, right]) => {
    expect(meet(maker, left, right)).toBe(false);
  });

  test("two years meet as near when they are at most one apart, and only then", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1880, max: 2030 }), fc.integer({ min: -4, max: 4 }), (year, apart) => {
        expect(meet("yearNear", year, year + apart)).toBe(Math.abs(apart) <= 1);
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  test.for([...keyMakerNames])("%s: a value that says nothing has no key, and keys are distinct and few", (maker) => {
    const make = keyMakerOf({ field: "x", maker });
    // Keys of texts as they stand take signs for what they are.
    const silent = maker === "text" || maker === "start" ? [null, "", []] : [null, "", "?!", []];
    expect(silent.flatMap(make)).toEqual([]);
    const many = make(Array.from({ length: 5_000 }, (_, i) => `Person Number${i % 3_000}: Subtitle ${i}`));
    expect(new Set(many).size).toBe(many.length);
    expect(many.length).toBeLessThanOrEqual(64);
  });
});
