import type { Command } from "commander";
import type { ClaimView, EntityView } from "../../graph/index.ts";
import type { PairExplanation, RecordName } from "../../pipelines/index.ts";
import { addGraphOptions, type GraphOptions, openGraphSession } from "../graph-session.ts";
import { parseRecordNames } from "../record-names.ts";
import type { Terminal } from "../terminal.ts";
import { printWaterfall } from "../waterfall.ts";

/** `kindred explain`: which records, which evidence, which weight. */
export function addExplain(program: Command): void {
  addGraphOptions(
    program
      .command("explain")
      .summary("why records are one entity, or why two are not")
      .description("why records are one entity, or why two are not"),
    25,
  )
    .argument("<entity-or-pair...>", "an entity (id or label), or two records as source/id source/id")
    .action(explain);
}

async function explain(words: readonly string[], options: GraphOptions): Promise<void> {
  const { terminal, graph, directory } = await openGraphSession(options);
  const { explainRecords, openLinkage } = await import("../../pipelines/index.ts");
  const published = await openLinkage(directory);
  const pair = parseRecordNames(words, published);
  if (pair) {
    const explained = await explainRecords(published, pair[0], pair[1]);
    return terminal.result(explained, () => printWaterfall(terminal, explained));
  }
  const { entityView, findEntity } = await import("../../graph/index.ts");
  const view = entityView(graph, findEntity(graph, words.join(" ")));
  const links = await explainLinks(view);
  terminal.result({ entity: view, links }, () => printEntity(terminal, view, links, options.limit));

  async function explainLinks({ type, members }: EntityView): Promise<PairExplanation[]> {
    const { linksAmong } = await import("../../pipelines/index.ts");
    // Levels of a work (film, series, ...) are linked together, under the entity type of their sources.
    const types = published.state.plan.types.map((planned) => planned.entityType);
    const found = await Promise.all(
      (types.includes(type) ? [type] : types).map((name) => linksAmong(published, name, members)),
    );
    const explained: PairExplanation[] = [];
    for (const link of found.flat().slice(0, options.limit)) {
      explained.push(
        await explainRecords(
          published,
          recordOf(link.leftSource, link.leftId),
          recordOf(link.rightSource, link.rightId),
        ),
      );
    }
    return explained;
  }
}

function recordOf(source: string, id: string): RecordName {
  return { source, id };
}

function printEntity(terminal: Terminal, view: EntityView, links: readonly PairExplanation[], limit: number): void {
  terminal.line(
    terminal.style("bold", `${view.label}${view.year === null ? "" : ` (${view.year})`}`) +
      `  ${view.type}  ${terminal.style("dim", view.id)}`,
  );
  terminal.line(`records: ${view.members.map((member) => `${member.source}/${member.id}`).join(", ")}`);
  for (const claim of view.claims.slice(0, limit)) terminal.line(`  ${claimText(view, claim)}`);
  if (view.claimTotal > limit) terminal.line(`  and ${view.claimTotal - limit} more (--limit)`);
  for (const link of links) {
    terminal.line();
    printWaterfall(terminal, link);
  }
}

function claimText(view: EntityView, claim: ClaimView): string {
  const object = claim.object.kind === "entity" ? claim.object.entity.label : String(claim.object.value).slice(0, 80);
  const said = claim.provenance.map((origin) =>
    origin.kind === "record" ? `${origin.source}/${origin.id}` : `"${origin.quote.replace(/\s+/g, " ")}"`,
  );
  const text =
    claim.subject.id === view.id ? `${claim.relation} ${object}` : `${claim.subject.label} ${claim.relation} this`;
  return `${text}${claim.rank === "normal" ? "" : ` [${claim.rank}]`}  (${said.slice(0, 3).join(", ")}${said.length > 3 ? ", ..." : ""})`;
}
