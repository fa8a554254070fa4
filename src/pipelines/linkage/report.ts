import type { Model } from "../../linkage/index.ts";
import type { BuiltGraph } from "./build-catalogue-graph.ts";
import type { Clustered } from "./clustered.ts";
import type { LinkageState } from "./linkage-state.ts";
import type { LinkageParams } from "./params.ts";
import type { TypeRecall } from "./recall-by-type.ts";

/** What the report tells of. */
export interface Reported {
  readonly params: LinkageParams;
  readonly state: LinkageState;
  readonly clustered: Clustered;
  readonly graph: BuiltGraph;
  readonly models: Readonly<Record<string, Model>>;
  readonly recall: readonly TypeRecall[];
}

/** `report.html`: one page without scripts or outside parts that says what was linked, by what, with which weights. */
export function reportHtml({ params, state, clustered, graph, models, recall }: Reported): string {
  const sources = state.sources.map((source) => [source.source, source.entityType, source.recordCount]);
  const counts = [
    ["matches", clustered.counts.matches],
    ["pairs for review", clustered.counts.review],
    ["entities of the sources", graph.records.entityCount],
    ["new records", graph.records.counts.new],
    ["records with a match", graph.records.counts.match],
    ["records for review", graph.records.counts.review],
    ["rejected rows", graph.records.counts.rejected],
    ["entities of the graph", graph.counts.entities],
    ["claims of the graph", graph.counts.claims],
  ];
  const sections = Object.entries(models).map(([type, model]) => modelSection(type, model));
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Linkage report</title>
<style>${style}</style>
<h1>Linkage report</h1>
<p>Threshold ${params.threshold}, review from ${params.reviewThreshold}; ${params.dedupe ? "within and across sources" : "across sources"}${params.oneToOne ? "; one to one" : ""}.</p>
<h2>Sources</h2>${table(["source", "entity type", "records"], sources)}
<h2>Found</h2>${table(["what", "count"], counts)}
${recallSection(recall)}${distrustedSection(clustered)}${sections.join("\n")}
</html>
`;
}

const style =
  ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}" +
  "table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{padding:.2rem .8rem;border-bottom:1px solid #8884;text-align:left}" +
  "td:not(:first-child){font-variant-numeric:tabular-nums}";

function distrustedSection({ types }: Clustered): string {
  const rows = types.flatMap((type) => type.distrusted.map(({ field, value, records }) => [field, value, records]));
  if (rows.length === 0) return "";
  return `<h2>Identifiers not trusted</h2>${table(["field", "value", "records of one source"], rows)}`;
}

function recallSection(recall: readonly TypeRecall[]): string {
  if (recall.length === 0) return "";
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const rows = recall.map(({ entityType, recall: share, interval, why }) => [
    entityType,
    share === null ? `not known: ${why}` : percent(share),
    interval === null ? "" : `${percent(interval.low)} to ${percent(interval.high)}`,
  ]);
  const families = recall.flatMap(({ entityType, families: of }) =>
    of.map(({ field, trials, found }) => [`${entityType}: rules on ${field}`, found, trials]),
  );
  return `<h2>Recall of blocking</h2>${table(["entity type", "estimated share of all matches", "95 % interval"], rows)}
${table(["of the matches that other rules found", "found by these", "of"], families)}`;
}

function modelSection(type: string, model: Model): string {
  const rules = model.rules.map((rule) => [rule.rule, rule.pairs, rule.prior.toFixed(4), rule.priorWeight.toFixed(2)]);
  const levels = model.rules.map((rule) => {
    const rows = rule.comparisons.flatMap((comparison) =>
      comparison.levels.map((level) => [
        comparison.field,
        level.label,
        level.m.toFixed(4),
        level.u.toFixed(5),
        level.weight.toFixed(2),
      ]),
    );
    return `<details><summary>Weights of pairs by ${escaped(rule.rule)}</summary>${table(["field", "level", "m", "u", "weight"], rows)}</details>`;
  });
  return `<h2>Model: ${escaped(type)}</h2>${table(["blocking rule", "pairs", "prior", "weight"], rules)}${levels.join("")}`;
}

function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const head = header.map((cell) => `<th>${escaped(cell)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(String(cell))}</td>`).join("")}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
