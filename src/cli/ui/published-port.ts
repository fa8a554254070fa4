import { systemClock } from "../../base/index.ts";
import { probabilityOf } from "../../linkage/index.ts";
import {
  decidedPairs,
  decisionsInForce,
  explainRecords,
  type LinkedPair,
  linksAmong,
  linksOf,
  logDecisions,
  openLinkage,
  type PipelineHost,
  type PublishedLinkage,
  publishedRecords,
  readDecisionLog,
  recordsOf,
  revokeDecision,
  runDecide,
} from "../../pipelines/index.ts";
import type { LinkagePort, LinkView, RecordName, RecordView } from "../../serve/index.ts";

/** Serves the pages from a published folder, once there is one, and carries out what they decide. */
export function publishedPort(folder: () => Promise<string>, host: PipelineHost): LinkagePort {
  let opened: Promise<PublishedLinkage> | undefined;
  const published = (): Promise<PublishedLinkage> => {
    opened ??= folder().then(openLinkage);
    // What could not be opened is tried again: it may be published by then.
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  const republish = async (): Promise<string> => {
    const result = await runDecide(await folder(), decisionsInForce(await readDecisionLog(host.home)), host);
    opened = undefined;
    return result.run;
  };
  return {
    run: async () => (await published()).run,
    explain: async (left, right) => explainRecords(await published(), left, right),
    records: async (names) => publishedRecords(await published(), names),
    links: async (members) => {
      const linkage = await published();
      const found = await Promise.all(
        linkage.state.plan.types.map((type) => linksAmong(linkage, type.entityType, members)),
      );
      return labelled(
        linkage,
        linkage.state.plan.types.flatMap((type, index) =>
          (found[index] ?? []).map((link) => ({ type: type.entityType, link })),
        ),
      );
    },
    merges: async (kind, offset, limit) => {
      const linkage = await published();
      const sorted = await sortedLinks(linkage, kind);
      return { total: sorted.length, links: await labelled(linkage, sorted.slice(offset, offset + limit)) };
    },
    decide: async (decision) => {
      const { reason, ...rest } = decision;
      await explainRecords(await published(), decision.left, decision.right);
      const [event] = await logDecisions(
        host.home,
        [{ ...rest, ...(reason === undefined ? {} : { reason }) }],
        systemClock.nowMs(),
      );
      return { run: await republish(), event: event?.event ?? 0 };
    },
    revoke: async (event) => {
      await revokeDecision(host.home, event, systemClock.nowMs());
      return { run: await republish() };
    },
    decisions: async () => {
      const events = await readDecisionLog(host.home);
      const revoked = new Set(events.flatMap((event) => (event.kind === "revoke" ? [event.revokes] : [])));
      return events.flatMap((event) =>
        event.kind === "revoke" ? [] : [{ ...event, revoked: revoked.has(event.event) }],
      );
    },
  };
}

interface TypedLink {
  readonly type: string;
  readonly link: LinkedPair;
}

/** Merges with the least certain first; pairs for review with the likeliest first. */
async function sortedLinks(linkage: PublishedLinkage, kind: "weakest" | "review"): Promise<TypedLink[]> {
  const outcome = kind === "weakest" ? "match" : "review";
  const links: TypedLink[] = [];
  const decidedOf = decidedPairs(linkage.params.decisions);
  for (const { entityType } of linkage.state.plan.types) {
    for (const link of await linksOf(linkage, entityType)) {
      if (link.outcome !== outcome) continue;
      // Nobody is asked to review what somebody decided.
      if (kind === "review" && decidedOf(...recordsOf(link)) !== undefined) continue;
      links.push({ type: entityType, link });
    }
  }
  const sign = kind === "weakest" ? 1 : -1;
  return links.sort((a, b) => sign * (a.link.weight - b.link.weight));
}

/** Gives pairs the labels of their records, read in one pass. */
async function labelled(linkage: PublishedLinkage, links: readonly TypedLink[]): Promise<LinkView[]> {
  const names = links.flatMap(({ link }) => recordsOf(link));
  const records = await publishedRecords(linkage, names);
  const labelByRecord = new Map(records.map((record) => [JSON.stringify([record.source, record.id]), labelOf(record)]));
  const side = (name: RecordName): LinkView["left"] => ({
    ...name,
    label: labelByRecord.get(JSON.stringify([name.source, name.id])) ?? name.id,
  });
  return links.map(({ type, link }) => ({
    left: side(recordsOf(link)[0]),
    right: side(recordsOf(link)[1]),
    entityType: type,
    probability: probabilityOf(link.weight),
    weight: link.weight,
    outcome: link.outcome,
    reason: link.reason,
  }));
}

function labelOf({ id, values }: RecordView): string {
  const { title, name, year } = values;
  const label = title ?? name ?? id;
  return typeof year === "number" ? `${label} (${year})` : String(label);
}
