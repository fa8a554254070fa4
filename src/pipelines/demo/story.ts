import { join } from "node:path";
import {
  type ConnectedEntity,
  entityView,
  type Graph,
  mostConnected,
  openGraph,
  type Proposal,
  recommend,
} from "../../graph/index.ts";
import { trivialTitle } from "../../linkage/index.ts";
import type { DocumentProvenance } from "../../ontology/index.ts";
import { explainRecords, linksOf, type PairExplanation } from "../explain/explain-records.ts";
import { openLinkage, type PublishedLinkage } from "../linkage/published-linkage.ts";
import { type LinkedPair, recordsOf } from "../linkage/result-files.ts";

/** A statement that a document made, as the graph holds it. */
export interface ToldClaim {
  readonly subject: string;
  readonly relation: string;
  readonly object: string;
  readonly quote: string;
  readonly document: string;
}

/** What is worth telling of a published linkage; every part is found by computing, null where there is none. */
export interface Story {
  readonly counts: {
    readonly records: number;
    readonly matches: number;
    readonly entities: number;
    readonly claims: number;
  };
  /** Two films that are one although title, year or a name differ. */
  readonly hardMerge: PairExplanation | null;
  /** Two films that look alike and were kept apart. */
  readonly nearMiss: PairExplanation | null;
  readonly mostConnected: ConnectedEntity | null;
  readonly recommendation: {
    readonly liked: readonly { readonly label: string }[];
    readonly proposals: readonly Proposal[];
  } | null;
  readonly toldClaim: ToldClaim | null;
}

/** Pairs that are looked at closely, the most promising first. */
const explainedMax = 60;

/** Films that a recommendation starts from. */
const likedCount = 2;

/** Finds what is worth telling: nothing of it is known beforehand. */
export async function tellStory(directory: string): Promise<Story> {
  const published = await openLinkage(directory);
  const graph = await openGraph(join(directory, "graph"));
  try {
    const links = await linksOf(published, "film");
    const [person] = mostConnected(graph, "person", { limit: 1 });
    return {
      counts: {
        records: published.state.plan.sources.reduce((sum, source) => sum + source.rowCount, 0),
        matches: published.clustered.counts.matches,
        entities: graph.manifest.counts.entities,
        claims: graph.manifest.counts.claims,
      },
      hardMerge: await hardestMerge(published, links),
      nearMiss: await nearestMiss(published, links),
      mostConnected: person ?? null,
      recommendation: person ? recommendFrom(graph, person) : null,
      toldClaim: toldClaim(graph),
    };
  } finally {
    graph.close();
  }
}

/** The sure match with the most evidence against it: what a rule of thumb would have missed. */
async function hardestMerge(
  published: PublishedLinkage,
  links: readonly LinkedPair[],
): Promise<PairExplanation | null> {
  const matches = links
    .filter((link) => link.outcome === "match")
    .toSorted((a, b) => a.weight - b.weight || byIds(a, b));
  const explained = await explainAll(published, matches.slice(0, explainedMax));
  const differing = explained.filter((pair) => titleOf(pair, "left") !== titleOf(pair, "right"));
  const sure = differing.filter((pair) => pair.probability >= sureProbability);
  return sure.toSorted((a, b) => against(a) - against(b))[0] ?? differing.at(-1) ?? null;
}

const sureProbability = 0.95;

/** The pair that came nearest to a match by its title, and was kept apart by other evidence. */
async function nearestMiss(published: PublishedLinkage, links: readonly LinkedPair[]): Promise<PairExplanation | null> {
  const apart = links
    .filter((link) => link.outcome === "rejected")
    .toSorted((a, b) => b.weight - a.weight || byIds(a, b));
  const explained = await explainAll(published, apart.slice(0, explainedMax));
  const alike = explained.filter((pair) =>
    pair.steps.some((step) => step.tendency === "agrees" && step.kind === "personList"),
  );
  return alike.toSorted((a, b) => against(a) - against(b))[0] ?? explained[0] ?? null;
}

async function explainAll(published: PublishedLinkage, links: readonly LinkedPair[]): Promise<PairExplanation[]> {
  const explained: PairExplanation[] = [];
  for (const link of links) explained.push(await explainRecords(published, ...recordsOf(link)));
  return explained;
}

/** All evidence against the pair, as one (negative) weight. */
function against(pair: PairExplanation): number {
  return pair.steps.reduce((sum, step) => sum + Math.min(0, step.weight), 0);
}

function titleOf(pair: PairExplanation, side: "left" | "right"): string {
  return trivialTitle(String(pair[side].values.title ?? ""));
}

function byIds(a: LinkedPair, b: LinkedPair): number {
  const text = (link: LinkedPair): string =>
    JSON.stringify([link.leftSource, link.leftId, link.rightSource, link.rightId]);
  return text(a) < text(b) ? -1 : 1;
}

/** What to watch after the two best connected films of a person. */
function recommendFrom(graph: Graph, person: ConnectedEntity): Story["recommendation"] {
  const works = entityView(graph, person.id).neighbours.filter(
    (group) => group.relation === "directed" || group.relation === "acted_in",
  );
  const films = works.flatMap((group) => group.entities).filter((entity) => entity.type === "film");
  const liked = films
    .toSorted((a, b) => entityView(graph, b.id).claimTotal - entityView(graph, a.id).claimTotal)
    .slice(0, likedCount);
  if (liked.length === 0) return null;
  return {
    liked,
    proposals: recommend(
      graph,
      liked.map((film) => film.id),
      { limit: 3 },
    ),
  };
}

/** A relation between two films that only a document told. */
function toldClaim(graph: Graph): ToldClaim | null {
  const sequels = mostConnected(graph, "film", { limit: 1000 }).flatMap((film) => entityView(graph, film.id).claims);
  for (const claim of sequels) {
    const origin = claim.provenance.find((one): one is DocumentProvenance => one.kind === "document");
    if (!origin || claim.relation !== "sequel_of" || claim.object.kind !== "entity") continue;
    return {
      subject: claim.subject.label,
      relation: "is a sequel of",
      object: claim.object.entity.label,
      quote: origin.quote,
      document: origin.document,
    };
  }
  return null;
}
