import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TableBuilder } from "../../columns/index.ts";
import { packPattern } from "../classify/pattern.ts";
import { comparisonOf } from "../compare/index.ts";
import { OpenClustering } from "../cluster/index.ts";
import { relationalDefaults } from "../defaults.ts";
import { madeModel } from "../fixtures/made-model.ts";
import { batchesOf, madeFields, type MadeRow } from "../fixtures/made-records.ts";
import { inferLinkage, type LinkageSettings } from "../index.ts";
import { relate } from "./relate.ts";
import { RelationsBuilder } from "./relations-builder.ts";

/** A pair of records by their ids, its weight, and the levels of its comparisons. */
type Pair = readonly [left: string, right: string, weight: number, ...levels: number[]];

const workSources = ["a", "b"];
const personSources = ["a/people", "b/people"];
const workSettings = inferLinkage(
  { entityType: "film", sources: workSources, fields: [] },
  {
    fields: madeFields,
    // Of works the levels of directors are given; titles and years of these agree.
    comparisons: [
      { field: "directors", kind: "personList" },
      { field: "title", kind: "title" },
      { field: "year", kind: "year" },
    ],
    rules: [
      {
        name: "all",
        keys: [
          { field: "title", maker: "title" },
          { field: "year", maker: "year" },
        ],
      },
    ],
  },
);
const personSettings = inferLinkage(
  { entityType: "person", sources: personSources, fields: [] },
  {
    fields: [
      { name: "name", kind: "name", list: false },
      { name: "works", kind: "title", list: true },
    ],
    comparisons: [
      { field: "name", kind: "name" },
      { field: "works", kind: "titleList" },
    ],
    rules: [{ name: "all", keys: [{ field: "name", maker: "name" }] }],
  },
);

/** Films by source: id, title, directors. People are named by their ids. */
type Films = Readonly<Record<string, readonly (readonly [id: string, title: string, directors: readonly string[]])[]>>;

function opened(
  settings: LinkageSettings,
  ids: Readonly<Record<string, readonly string[]>>,
  pairs: readonly Pair[],
): OpenClustering {
  const sides = ["left", "right"].flatMap((side) => [
    { name: `${side}_source`, kind: "text" as const },
    { name: `${side}_row`, kind: "number" as const },
    { name: `${side}_id`, kind: "text" as const },
  ]);
  const builder = new TableBuilder([
    ...sides,
    ...["rule", "pattern", "weight"].map((name) => ({ name, kind: "number" as const })),
  ]);
  const side = (source: string, id: string) => [source, (ids[source] ?? []).indexOf(id), id];
  const [first, second] = settings.sources as [string, string];
  for (const [left, right, weight, ...levels] of pairs)
    builder.append([
      ...side(first, left),
      ...side(second, right),
      0,
      packPattern(settings.comparisons.map((one, c) => levels[c] ?? comparisonOf(one).levels.length)),
      weight,
    ]);
  const records = settings.sources.map((source) => {
    const table = new TableBuilder([{ name: "id", kind: "text" }]);
    for (const id of ids[source] ?? []) table.append([id]);
    return { source, table: table.build() };
  });
  // Whatever the comparison of directors finds, it adds one to the weight.
  const model = madeModel(settings, 1);
  const rules = model.rules.map((rule) => ({
    ...rule,
    comparisons: rule.comparisons.map((one) => ({
      ...one,
      levels: one.levels.map((level) => ({ ...level, weight: 1 })),
    })),
  }));
  return new OpenClustering({ scored: [builder.build()], records, model: { ...model, rules } });
}

function both(films: Films, works: readonly Pair[], people: readonly Pair[]) {
  const idsOf = (source: string) => (films[source] ?? []).map(([id]) => id);
  const namesOf = (source: string) => [...new Set((films[source] ?? []).flatMap(([, , names]) => names))];
  const peopleIds = Object.fromEntries(workSources.map((source) => [`${source}/people`, namesOf(source)]));
  const open = {
    works: opened(workSettings, Object.fromEntries(workSources.map((source) => [source, idsOf(source)])), works),
    people: opened(personSettings, peopleIds, people),
  };
  const builder = new RelationsBuilder(["directors"], "title");
  for (const source of workSources) {
    const rows = (films[source] ?? []).map(([id, title, names]): MadeRow => [id, title, 1999, [...names], null, null]);
    for (const { table } of batchesOf(source, rows))
      builder.add(table, (name) => open.people.records.recordOf(`${source}/people`, name) ?? -1);
  }
  return { ...open, relations: builder.build(), worksField: "works" };
}

const none = 1;
const films: Films = {
  a: [["f", "Seven Samurai", ["Robin Penn"]]],
  b: [["g", "Shichinin no samurai", ["Robin Wright Penn"]]],
};
const matched: Pair = ["f", "g", 6, none];
const doubtful: Pair = ["Robin Penn", "Robin Wright Penn", -3, 5, none];

describe("a match of works speaks for the people whom only they name", () => {
  const raised = (
    given: Films,
    works: readonly Pair[] = [matched],
    people: readonly Pair[] = [doubtful],
    rounds = 2,
  ) => {
    const input = both(given, works, people);
    const related = relate(input, rounds);
    return { related: related.people[0] as number, outcome: input.people.judge(related.people).judged[0]?.outcome };
  };

  test("so that a name written otherwise is a match", () => {
    const { related, outcome } = raised(films);
    expect(related).toBeGreaterThan(3);
    expect(outcome).toBe("match");
    expect(raised(films, [matched], [doubtful], 0)).toEqual({ related: 0, outcome: "review" });
  });

  test("but not where their titles are equal: that is what the comparison of works counted", () => {
    const same: Films = { ...films, b: [["g", "The Seven Samurai", ["Robin Wright Penn"]]] };
    expect(raised(same).related).toBe(0);
  });

  test("nor where the works match only because of the names, or do not match", () => {
    expect(raised(films, [["f", "g", 0.5, none]]).related).toBe(0);
    expect(raised(films, [["f", "g", -1, none]]).related).toBe(0);
  });

  test("nor where the other work names the person as well: brothers direct together", () => {
    const brothers: Films = {
      a: [["f", "Seven Samurai", ["Joel Coen"]]],
      b: [["g", "Shichinin no samurai", ["Joel Coen", "Ethan Coen"]]],
    };
    const people: Pair[] = [
      ["Joel Coen", "Ethan Coen", -2, 2, none],
      ["Joel Coen", "Joel Coen", 9, 8, 6],
    ];
    expect(raised(brothers, [matched], people).related).toBe(0);
  });

  test("nor where it may be either of two", () => {
    const two: Films = {
      a: [["f", "Seven Samurai", ["Tommy Jones"]]],
      b: [["g", "Shichinin no samurai", ["Tommy Lee Jones", "Toby Jones"]]],
    };
    const people: Pair[] = [
      ["Tommy Jones", "Tommy Lee Jones", -3, 5, none],
      ["Tommy Jones", "Toby Jones", -4, 2, none],
    ];
    expect(raised(two, [matched], people).related).toBe(0);
  });
});

describe("a match of people speaks for the works that name them", () => {
  const given: Films = {
    a: [
      ["f", "Seven Samurai", ["A. Kurosawa"]],
      ["h", "Ikiru", ["A. Kurosawa"]],
    ],
    b: [
      ["g", "Shichinin no samurai", ["Akira Kurosawa"]],
      ["i", "To Live", ["Akira Kurosawa"]],
    ],
  };
  const known: Pair = ["A. Kurosawa", "Akira Kurosawa", 7, 5, 6];

  test("where their names have nothing in common as they are written", () => {
    const input = both(given, [["f", "g", -1, none]], [known]);
    const { works } = relate(input, 2);
    expect(works[0]).toBeGreaterThan(1);
    expect(input.works.judge(works).judged[0]?.outcome).toBe("match");
    expect(relate(both(given, [["f", "g", -1, 6]], [known]), 2).works[0]).toBe(0);
  });

  test("but not by the one work that makes them a match", () => {
    const same: Films = { a: [["f", "Ikiru", ["A. Kurosawa"]]], b: [["g", "Ikiru", ["Akira Kurosawa"]]] };
    expect(relate(both(same, [["f", "g", -1, none]], [known]), 2).works[0]).toBe(0);
  });
});

test("evidence is never below 0 or above the bound, and the same in whatever order pairs were found", () => {
  const name = fc.constantFrom("Ada", "Bela", "Carla", "Dino");
  const source = fc.array(fc.tuple(fc.constantFrom("X", "Y", "Z"), fc.uniqueArray(name, { maxLength: 3 })), {
    minLength: 1,
    maxLength: 5,
  });
  const weights = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(source, source, weights, (left, right, drawn) => {
      const made: Films = {
        a: left.map(([title, names], i) => [`a${i}`, title, names]),
        b: right.map(([title, names], i) => [`b${i}`, title, names]),
      };
      const people = (of: string) => [...new Set((made[of] ?? []).flatMap(([, , names]) => names))];
      let next = 0;
      const pairsOf = (a: readonly string[], b: readonly string[], levels: readonly number[]): Pair[] =>
        a.flatMap((one) => b.map((other): Pair => [one, other, drawn[next++ % drawn.length] as number, ...levels]));
      const works = pairsOf(
        (made.a ?? []).map(([id]) => id),
        (made.b ?? []).map(([id]) => id),
        [none],
      );
      const persons = pairsOf(people("a"), people("b"), [5, 3]);
      const forth = relate(both(made, works, persons), 3);
      const back = relate(both(made, works.toReversed(), persons.toReversed()), 3);
      expect([...back.works].reverse()).toEqual([...forth.works]);
      expect([...back.people].reverse()).toEqual([...forth.people]);
      for (const one of [...forth.works, ...forth.people]) {
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(relationalDefaults.weightMax);
      }
    }),
    { seed: 92, numRuns: 100 },
  );
});
