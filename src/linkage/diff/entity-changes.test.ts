import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entityChangeKinds, entityChanges } from "./index.ts";

const listed = (before: readonly number[], after: readonly number[]) =>
  [...entityChanges(Int32Array.from(before), Int32Array.from(after)).changes()].map(
    ({ kind, before: was, after: is }) => ({
      kind,
      was,
      is,
    }),
  );

describe("entities of two linkages", () => {
  test("that hold the same records are unchanged, whatever their numbers are", () => {
    const { counts } = entityChanges(Int32Array.of(0, 0, 1, 2), Int32Array.of(2, 2, 0, 1));
    expect(counts).toMatchObject({ unchanged: 3, merged: 0, split: 0, moved: 0 });
  });

  test.each([
    ["merged", [0, 1, 1], [0, 0, 0], { was: [0, 1], is: [0] }],
    ["split", [0, 0, 0], [0, 1, 1], { was: [0], is: [0, 1] }],
    ["moved", [0, 0, 1], [0, 1, 1], { was: [0, 1], is: [0, 1] }],
    ["grown", [0, -1], [0, 0], { was: [0], is: [0] }],
    ["shrunk", [0, 0], [-1, 0], { was: [0], is: [0] }],
    ["exchanged", [0, 0, -1], [-1, 0, 0], { was: [0], is: [0] }],
    ["new", [-1, -1], [0, 0], { was: [], is: [0] }],
    ["lost", [0, 0], [-1, -1], { was: [0], is: [] }],
  ])("are told as %s", (kind, before, after, expected) => {
    expect(listed(before, after)).toEqual([{ kind, ...expected }]);
  });

  test("are each in exactly one change, and every record is in that of its entities", () => {
    const partition = fc.array(fc.integer({ min: -1, max: 6 }), { minLength: 12, maxLength: 12 }).map(dense);
    fc.assert(
      fc.property(partition, partition, (before, after) => {
        const found = entityChanges(before, after);
        const sum = (counts: Readonly<Record<string, number>>): number =>
          entityChangeKinds.reduce((total, kind) => total + (counts[kind] ?? 0), 0);
        expect(sum(found.entitiesBefore)).toBe(Math.max(-1, ...before) + 1);
        expect(sum(found.entitiesAfter)).toBe(Math.max(-1, ...after) + 1);
        expect(sum(found.counts)).toBe(found.changeCount);
        const changed = [...found.changes()];
        expect(changed.length).toBe(found.changeCount - found.counts.unchanged);
        for (const { change, before: was, after: is } of changed) {
          before.forEach((entity, record) => {
            const isIn = found.changeOfRecord[record] === change;
            expect(was.includes(entity) || is.includes(after[record] as number)).toBe(isIn);
          });
        }
      }),
    );
  });

  test("merged one way are split the other way", () => {
    const partition = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 10, maxLength: 10 }).map(dense);
    fc.assert(
      fc.property(partition, partition, (before, after) => {
        const [there, back] = [entityChanges(before, after).counts, entityChanges(after, before).counts];
        expect([back.split, back.shrunk, back.lost]).toEqual([there.merged, there.grown, there.new]);
        expect([back.moved, back.unchanged, back.exchanged]).toEqual([there.moved, there.unchanged, there.exchanged]);
      }),
    );
  });
});

/** The same entities, numbered from 0 in the order of their first record. */
function dense(entityOf: readonly number[]): Int32Array {
  const numbers = new Map<number, number>();
  return Int32Array.from(entityOf, (entity) => {
    if (entity < 0) return -1;
    if (!numbers.has(entity)) numbers.set(entity, numbers.size);
    return numbers.get(entity) as number;
  });
}
