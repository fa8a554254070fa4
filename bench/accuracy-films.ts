import { parseArgs } from "node:util";
import { columnOf, textAt } from "../src/columns/index.ts";
import {
  type EntityMember,
  evaluate,
  type Half,
  inferLinkage,
  probabilityOf,
  type RecordPair,
  type RecordRef,
  readTruth,
  recordKey,
  type ScoredPair,
  trivialRule,
  type Truth,
} from "../src/linkage/index.ts";
import type { RecordBatch } from "../src/records/index.ts";
import { membersOf } from "./lib/clustered-members.ts";
import { filmFields, profileOf, readCatalogue, readRows } from "./lib/film-catalogues.ts";
import { inHalf } from "./lib/film-halves.ts";
import { reportBench } from "./lib/report.ts";
import { type LinkedInMemory, linkInMemory } from "../src/linkage/fixtures/link-in-memory.ts";

/**
 * For development: linkage without any configuration on real film catalogues, in memory, with its errors and its model.
 * What counts is bench/accuracy.ts, over the product's own path: node bench/accuracy-films.ts [--half even|odd|all] [--show N]
 */
const { values: options } = parseArgs({
  options: {
    half: { type: "string", default: "even" },
    show: { type: "string", default: "0" },
    model: { type: "boolean", default: false },
  },
});
const half = options.half as Half | "all";
const show = Number(options.show);

type Catalogues = ReadonlyMap<string, readonly RecordBatch[]>;
const refs = new Map<string, string>();

function main(): void {
  const clusters = readRows("movies/clusters.csv");
  const hard = readRows("hard-movies/hard_movies.csv");
  const figures: Record<string, number> = {};
  for (const sources of [
    ["movielens", "imdb5000"],
    ["movielens", "imdb5000", "imdb2018"],
  ]) {
    const catalogues: Catalogues = new Map(sources.map((source) => [source, readCatalogue(source)]));
    const settings = inferLinkage({ entityType: "work", sources, fields: profileOf(catalogues, filmFields) });
    const linked = linkInMemory(catalogues, settings);
    console.log(`\n## ${sources.join(" + ")}: CPU seconds ${JSON.stringify(linked.secondsByStep)}`);
    console.log(
      linked.frozen.facts.pairsByRule
        .map(
          (one, r) =>
            `${one.rule}: ${one.pairs} predicted, ${linked.model.rules[r]?.pairs} made, prior ${linked.model.rules[r]?.prior.toFixed(4)}`,
        )
        .join("\n"),
    );
    if (options.model) printModel(linked);
    measure(`${sources.length} catalogues`, linked, catalogues, readTruth(clusters, sources), figures);
    if (sources.length === 3) measure("hard-movies", linked, catalogues, readTruth(hard, sources), figures);
  }
  reportBench("accuracy-films", figures, {});
}

function measure(
  name: string,
  linked: LinkedInMemory,
  catalogues: Catalogues,
  truth: Truth,
  figures: Record<string, number>,
): void {
  const isIn = inHalf(half);
  const kept =
    truth.kind === "pairs"
      ? { ...truth, pairs: truth.pairs.filter((pair) => isIn(pair.left) && isIn(pair.right)) }
      : truth;
  const entities = membersOf(linked.clustering).filter(isIn);
  const result = evaluate(scoredOf(linked), entities, kept);
  const trivial = evaluate([], trivialEntities(catalogues).filter(isIn), kept);
  const line = (label: string, { pairs }: typeof result): string =>
    `${label}: P ${pairs.precision.toFixed(4)} R ${pairs.recall.toFixed(4)} F1 ${pairs.f1.toFixed(4)} (tp ${pairs.truePositives} fp ${pairs.falsePositives} fn ${pairs.falseNegatives})`;
  console.log(
    line(`${name} [${half}]`, result),
    " ",
    line("trivial", trivial),
    ` ECE ${result.calibrationError.toFixed(3)}`,
  );
  for (const [i, one] of result.byCategory.entries()) {
    const other = trivial.byCategory[i]?.pairs;
    const right = (s: typeof one.pairs): string => `${s.truePositives + s.trueNegatives}`;
    console.log(
      `  ${one.category}: ${right(one.pairs)} of ${one.pairs.truePositives + one.pairs.trueNegatives + one.pairs.falsePositives + one.pairs.falseNegatives} right (trivial ${other ? right(other) : "-"})`,
    );
  }
  figures[`${name} f1`] = result.pairs.f1;
  figures[`${name} trivial f1`] = trivial.pairs.f1;
  if (show > 0) showErrors(linked, kept, entities, catalogues);
}

function scoredOf(
  linked: LinkedInMemory,
): (ScoredPair & { weight: number; pattern: number; rule: number; outcome: string; reason: string })[] {
  const { pairs } = linked.clustering;
  const text = (name: string) => columnOf(pairs, name, "text");
  const number = (name: string) => columnOf(pairs, name, "number").values;
  return Array.from({ length: pairs.rowCount }, (_, i) => ({
    left: { source: textAt(text("left_source"), i) as string, id: textAt(text("left_id"), i) as string },
    right: { source: textAt(text("right_source"), i) as string, id: textAt(text("right_id"), i) as string },
    probability: probabilityOf(number("weight")[i] as number),
    weight: number("weight")[i] as number,
    pattern: number("pattern")[i] as number,
    rule: number("rule")[i] as number,
    outcome: textAt(text("outcome"), i) as string,
    reason: textAt(text("reason"), i) as string,
  }));
}

/** The trivial rule's pairs as entities, joined only pairwise within title and year: each pair once. */
function trivialEntities(catalogues: Catalogues): EntityMember[] {
  const records = [...catalogues].flatMap(([source, batches]) =>
    batches.flatMap(({ table }) => {
      const id = columnOf(table, "id", "text");
      const title = columnOf(table, "title", "text");
      const year = columnOf(table, "year", "number").values;
      return Array.from({ length: table.rowCount }, (_, row) => ({
        source,
        id: textAt(id, row) as string,
        title: textAt(title, row),
        year: Number.isNaN(year[row]) ? null : (year[row] as number),
      }));
    }),
  );
  const parent = new Map<string, string>();
  const find = (key: string): string => {
    const up = parent.get(key) ?? key;
    return up === key ? key : find(up);
  };
  for (const { left, right } of trivialRule(records)) parent.set(find(recordKey(left)), find(recordKey(right)));
  return records.map((record) => ({ source: record.source, id: record.id, entity: find(recordKey(record)) }));
}

function describe(catalogues: Catalogues, ref: RecordRef): string {
  if (refs.size === 0 || !refs.has(recordKey(ref))) {
    for (const [source, batches] of catalogues) {
      for (const { table } of batches) {
        const at = (name: string, row: number): string => {
          const column = table.columns.find((one) => one.name === name);
          if (column?.kind === "number") return String(column.values[row]);
          if (column?.kind === "text") return textAt(column, row) ?? "";
          return column
            ? Array.from(column.values.subarray(column.offsets[row], column.offsets[row + 1]), (v) =>
                column.dictionary.get(v),
              ).join("|")
            : "";
        };
        for (let row = 0; row < table.rowCount; row++) {
          refs.set(
            recordKey({ source, id: at("id", row) }),
            ["title", "year", "directors", "genres", "runtime", "kind"].map((name) => at(name, row)).join(" ; "),
          );
        }
      }
    }
  }
  return `${ref.source} ${refs.get(recordKey(ref))}`;
}

function showErrors(
  linked: LinkedInMemory,
  truth: Truth,
  entities: readonly EntityMember[],
  catalogues: Catalogues,
): void {
  const entityOf = new Map(entities.map((one) => [recordKey(one), one.entity]));
  const scored = new Map(scoredOf(linked).map((pair) => [`${recordKey(pair.left)}${recordKey(pair.right)}`, pair]));
  const found = (pair: RecordPair): boolean =>
    entityOf.get(recordKey(pair.left)) === entityOf.get(recordKey(pair.right));
  const wrong: { pair: RecordPair; kind: string }[] = [];
  if (truth.kind === "pairs") {
    for (const pair of truth.pairs)
      if (found(pair) !== pair.match) wrong.push({ pair, kind: `${pair.match ? "missed" : "WRONG"} ${pair.category}` });
  } else {
    const clusterOf = (record: RecordRef): string => truth.clusterByRecord.get(recordKey(record)) ?? recordKey(record);
    for (const group of Map.groupBy(entities, (one) => one.entity).values()) {
      group.forEach((left, i) => {
        for (const right of group.slice(i + 1))
          if (left.source !== right.source && clusterOf(left) !== clusterOf(right))
            wrong.push({ pair: { left, right }, kind: "WRONG" });
      });
    }
    for (const group of Map.groupBy(entities, clusterOf).values()) {
      group.forEach((left, i) => {
        for (const right of group.slice(i + 1))
          if (left.source !== right.source && left.entity !== right.entity)
            wrong.push({ pair: { left, right }, kind: "missed" });
      });
    }
  }
  for (const { pair, kind } of wrong.slice(0, show)) {
    const one =
      scored.get(`${recordKey(pair.left)}${recordKey(pair.right)}`) ??
      scored.get(`${recordKey(pair.right)}${recordKey(pair.left)}`);
    console.log(
      `  ${kind} ${one ? `w ${one.weight.toFixed(1)} rule ${one.rule} pattern ${one.pattern.toString(16)} ${one.outcome} ${one.reason}` : "not scored"}\n     ${describe(catalogues, pair.left)}\n     ${describe(catalogues, pair.right)}`,
    );
  }
}

function printModel(linked: LinkedInMemory): void {
  for (const rule of linked.model.rules) {
    console.log(`rule ${rule.rule}: pairs ${rule.pairs} prior weight ${rule.priorWeight.toFixed(1)}`);
    for (const comparison of rule.comparisons) {
      console.log(
        `   ${comparison.field}${comparison.own ? " (own)" : ""}: ${comparison.levels.map((level) => `${level.weight.toFixed(1)} [${level.m.toFixed(3)}/${level.u.toFixed(3)}]`).join("  ")}`,
      );
    }
  }
}

main();
