import { formatCount, isKindredError } from "../base/index.ts";
import type { DecisionEvent, LinkageResult } from "../pipelines/index.ts";
import { readDecisions } from "./decisions.ts";
import { publishedDirectory, rememberPublished } from "./published.ts";
import type { Session } from "./session.ts";

/** Applies the decisions that hold to what is published, if anything is, and says what became of it. */
export async function applyDecisions(
  session: Session,
  dir: string | undefined,
  events: readonly DecisionEvent[],
): Promise<void> {
  const { terminal, home } = session;
  const directory = await publishedDirectory(home, dir).catch((error: unknown) => {
    if (isKindredError(error) && error.code === "not-found") return undefined;
    throw error;
  });
  const result = directory === undefined ? null : await republish(directory, session);
  if (result) await rememberPublished(home, result.out);
  terminal.result({ events, result }, () => {
    for (const event of events) terminal.line(eventText(event));
    if (result === null) return terminal.line("nothing is published yet; the next run will honour it");
    for (const { kind, left, right } of result.refusedDecisions)
      terminal.line(
        `not kept: ${left.source}/${left.id} and ${right.source}/${right.id} are ${kind}; one is no record of this linkage, or another decision or a level says otherwise`,
      );
    const { matches, entities } = result.counts;
    terminal.line(
      `clustered again as run ${result.run}: ${formatCount(matches)} matches, ${formatCount(entities)} entities in ${result.out}`,
    );
  });
}

async function republish(out: string, { home, host }: Session): Promise<LinkageResult> {
  const { runDecide } = await import("../pipelines/index.ts");
  return runDecide(out, await readDecisions(home), host());
}

function eventText(event: DecisionEvent): string {
  if (event.kind === "revoke") return `decision ${event.event}: takes back decision ${event.revokes}`;
  const { left, right } = event;
  return `decision ${event.event}: ${left.source}/${left.id} and ${right.source}/${right.id} are ${event.kind}; undo ${event.event} takes it back`;
}
