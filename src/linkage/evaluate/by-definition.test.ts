import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import type { EntityMember } from "./grouping.ts";
import { scoresOf } from "./scores.ts";
import { recordKey, type Truth } from "./truth.ts";

interface Placed {
  readonly source: string;
  readonly entity: number;
  readonly cluster: number | null;
}

const placed = fc.array(
  fc.record({
    source: fc.constantFrom("a", "b", "c"),
    entity: fc.nat(5),
    cluster: fc.option(fc.nat(5)),
  }),
  { maxLength: 24 },
);

function membersOf(records: readonly Placed[]): EntityMember[] {
  return records.map(({ source, entity }, i) => ({ source, id: String(i), entity: `e${entity}` }));
}

function truthOf(records: readonly Placed[]): Truth {
  const members = membersOf(records);
  const listed = records.flatMap(({ cluster }, i): [string, string][] =>
    cluster === null ? [] : [[recordKey(members[i] as EntityMember), `c${cluster}`]],
  );
  return { kind: "clusters", clusterByRecord: new Map(listed) };
}

/** A record without a cluster is true only to itself. */
const sameCluster = (a: Placed, b: Placed): boolean => a === b || (a.cluster !== null && a.cluster === b.cluster);

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

test("pairs are counted as by looking at every two records, within sources only when asked", () => {
  fc.assert(
    fc.property(placed, fc.boolean(), (records, dedupe) => {
      const two = records
        .flatMap((left, i) => records.slice(i + 1).map((right) => ({ left, right })))
        .filter(({ left, right }) => dedupe || left.source !== right.source);
      const count = (found: boolean, match: boolean): number =>
        two.filter(({ left, right }) => (left.entity === right.entity) === found && sameCluster(left, right) === match)
          .length;
      const expected = scoresOf(count(true, true), count(true, false), count(false, true));
      expect(evaluate([], membersOf(records), truthOf(records), dedupe).pairs).toEqual(expected);
    }),
    { seed: 61, numRuns: 300 },
  );
});

test("B-cubed is as Amigó et al. define it: the mean correctness over the records of each record's own group", () => {
  fc.assert(
    fc.property(
      placed.filter((records) => records.length > 0),
      (records) => {
        const shareOf = (group: readonly Placed[], right: (other: Placed) => boolean): number =>
          mean(group.map((other) => (right(other) ? 1 : 0)));
        const precision = mean(
          records.map((one) =>
            shareOf(
              records.filter((other) => other.entity === one.entity),
              (other) => sameCluster(one, other),
            ),
          ),
        );
        const recall = mean(
          records.map((one) =>
            shareOf(
              records.filter((other) => sameCluster(one, other)),
              (other) => other.entity === one.entity,
            ),
          ),
        );
        const found = evaluate([], membersOf(records), truthOf(records)).bCubed;
        expect(found?.precision).toBeCloseTo(precision, 12);
        expect(found?.recall).toBeCloseTo(recall, 12);
        expect(found?.f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
      },
    ),
    { seed: 62, numRuns: 300 },
  );
});
