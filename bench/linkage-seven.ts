import { evaluate, inferLinkage, readTruth, recordKey } from "../src/linkage/index.ts";
import { membersOf } from "./lib/clustered-members.ts";
import { filmFields, profileOf, readCatalogue, readRows } from "./lib/film-catalogues.ts";
import { inHalf } from "./lib/film-halves.ts";
import { reportBench } from "./lib/report.ts";
import { linkInMemory } from "../src/linkage/fixtures/link-in-memory.ts";

/** CPU seconds and memory of linking all seven film catalogues in one process: node bench/linkage-seven.ts */
/** F1 of the trivial rule over movielens, imdb5000 and imdb2018, as shared/data/README.md has it. */
const trivialF1 = 0.976;
const sources = [
  "movielens",
  "imdb5000",
  "imdb2018",
  "netflix_titles",
  "disney_plus_titles",
  "hulu_titles",
  "wikipedia",
];
const catalogues = new Map(sources.map((source) => [source, readCatalogue(source)]));
const settings = inferLinkage({ entityType: "work", sources, fields: profileOf(catalogues, filmFields) });
const linked = linkInMemory(catalogues, settings, 16);
for (const [r, rule] of linked.model.rules.entries()) {
  console.log(
    `${rule.rule}: ${linked.frozen.facts.pairsByRule[r]?.pairs} predicted, ${rule.pairs} made, prior ${rule.prior.toFixed(4)}`,
  );
}
console.log(linked.frozen.facts.droppedBlocks);
const outcomes = linked.clustering.pairs.columns.find((column) => column.name === "outcome");
const countByOutcome: Record<string, number> = {};
if (outcomes?.kind === "text") {
  for (const id of outcomes.ids) {
    const outcome = outcomes.dictionary.get(id);
    countByOutcome[outcome] = (countByOutcome[outcome] ?? 0) + 1;
  }
}
const seconds = Object.values(linked.secondsByStep).reduce((sum, one) => sum + one, 0);
console.log(linked.secondsByStep, countByOutcome);
const records = [...catalogues.values()].flat().reduce((sum, batch) => sum + batch.table.rowCount, 0);
const isIn = inHalf("even");
const truth = readTruth(readRows("movies/clusters.csv"), sources);
const known = new Set(truth.kind === "clusters" ? truth.clusterByRecord.keys() : []);
const judged = membersOf(linked.clustering).filter((member) => isIn(member) && known.has(recordKey(member)));
const { f1 } = evaluate([], judged, truth).pairs;
reportBench(
  "linkage-seven",
  { "CPU seconds": seconds, "peak MiB": process.resourceUsage().maxRSS / 1024, "f1 of films with truth, even": f1 },
  { "CPU seconds": 40, "peak MiB": 700 },
  [
    ...(linked.clustering.entities.rowCount === records ? [] : ["not every record is in one entity"]),
    ...(f1 > trivialF1 ? [] : [`F1 ${f1} is not above the trivial rule's`]),
  ],
);
