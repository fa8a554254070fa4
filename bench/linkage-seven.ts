import { inferLinkage } from "../src/linkage/index.ts";
import { filmFields, profileOf, readCatalogue } from "./lib/film-catalogues.ts";
import { linkInMemory } from "../src/linkage/fixtures/link-in-memory.ts";

/** CPU seconds and memory of linking all seven film catalogues in one process: node bench/linkage-seven.ts [--shards N] */
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
console.log(
  JSON.stringify({
    bench: "linkage-seven",
    figures: { "CPU seconds": seconds, "peak MiB": process.resourceUsage().maxRSS / 1024 },
    bars: { "CPU seconds": 40, "peak MiB": 700 },
  }),
);
