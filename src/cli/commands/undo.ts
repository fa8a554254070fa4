import type { Command } from "commander";
import { KindredError, systemClock } from "../../base/index.ts";
import type { NewDecision, PublishedLinkage } from "../../pipelines/index.ts";
import { applyDecisions } from "../apply-decisions.ts";
import { publishedDirectory } from "../published.ts";
import { parseRecordNames } from "../record-names.ts";
import { type CommonOptions, openSession, type Session } from "../session.ts";

interface Options extends CommonOptions {
  readonly dir?: string;
}

/** `kindred undo`: takes a merge apart for good, or takes a decision back. */
export function addUndo(program: Command): void {
  program
    .command("undo")
    .summary("take a merge apart, or a decision back")
    .description("take a merge apart for good (an entity, or a pair), or take back a decision by its number")
    .argument("<what...>", "an entity (id or label), two records as source/id source/id, or a decision's number")
    .option("--dir <folder>", "the published folder (default: the one published last)")
    .option("--json", "print one JSON document")
    .action(undo);
}

async function undo(words: readonly string[], options: Options): Promise<void> {
  const session = openSession(options);
  const { logDecisions, openLinkage, revokeDecision } = await import("../../pipelines/index.ts");
  const [first] = words;
  if (words.length === 1 && first !== undefined && /^\d+$/.test(first)) {
    return applyDecisions(session, options.dir, [
      await revokeDecision(session.home, Number(first), systemClock.nowMs()),
    ]);
  }
  const directory = await publishedDirectory(session.home, options.dir);
  const published = await openLinkage(directory);
  const pair = parseRecordNames(words, published);
  const decisions = pair
    ? [{ kind: "different" as const, left: pair[0], right: pair[1] }]
    : await mergesOf(words.join(" "), directory, published, session);
  await applyDecisions(session, directory, await logDecisions(session.home, decisions, systemClock.nowMs()));
}

/** Every merge that made an entity, each to be kept apart from now on. */
async function mergesOf(
  text: string,
  directory: string,
  published: PublishedLinkage,
  { terminal }: Session,
): Promise<NewDecision[]> {
  const [{ entityView, findEntity, openGraph }, { linksOf }] = await Promise.all([
    import("../../graph/index.ts"),
    import("../../pipelines/index.ts"),
  ]);
  const graph = await openGraph(`${directory}/graph`);
  const view = entityView(graph, findEntity(graph, text));
  graph.close();
  const members = new Set(view.members.map((member) => JSON.stringify([member.source, member.id])));
  const decisions: NewDecision[] = [];
  for (const { entityType } of published.state.plan.types) {
    for (const link of await linksOf(published, entityType)) {
      const [left, right] = [
        { source: link.leftSource, id: link.leftId },
        { source: link.rightSource, id: link.rightId },
      ];
      const isOwn = [left, right].every((record) => members.has(JSON.stringify([record.source, record.id])));
      if (isOwn && link.outcome === "match") decisions.push({ kind: "different", left, right });
    }
  }
  if (decisions.length === 0) {
    throw new KindredError("argument-invalid", {
      seen: `${view.label} (${view.id}) is made of one record`,
      expected: "an entity that a merge made",
    });
  }
  terminal.note(`${view.label}: ${decisions.length} ${decisions.length === 1 ? "merge is" : "merges are"} taken apart`);
  return decisions;
}
