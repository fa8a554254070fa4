import { type Link, weakestCut } from "./cut.ts";

/** What is known of the records of one entity: what holds them together, and which of their pairs say that they differ. */
export interface EntityEvidence {
  readonly memberCount: number;
  readonly links: readonly Link[];
  /** Pairs that were compared and differ; `strength` is how sure that is. */
  readonly contradictions: readonly Link[];
}

/** Where an entity was cut in two. */
export interface Cut {
  /** 1 for the members on one side, 2 for those on the other, 0 for those that were cut off before. */
  readonly side: Uint8Array;
  /** What held the sides together: how many pairs, and their weights above the threshold added up. */
  readonly links: number;
  readonly strength: number;
  /** What spoke against it, likewise. */
  readonly contradictions: number;
  readonly against: number;
}

/** Contradictions that are looked at before each cut, the surest first. */
const contradictionsMax = 64;
/** Cuts of one entity; after them it is left as it is. */
const cutsMax = 256;

/**
 * Cuts an entity where more speaks against its sides being one than holds them together: for every contradicting pair the
 * weakest cut between its records is weighed, and the worst one made, until none is left. Chains through one weak link
 * fall apart there. Pairs that were never compared say nothing either way.
 *
 * The aim is that of correlation clustering: N. Bansal, A. Blum, S. Chawla, "Correlation Clustering", 2004.
 */
export function splitEntity(evidence: EntityEvidence): Cut[] {
  const cuts: Cut[] = [];
  const parts: Uint8Array[] = [new Uint8Array(evidence.memberCount).fill(1)];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const cut = cuts.length < cutsMax ? worstCut(evidence, part) : null;
    if (cut === null) continue;
    cuts.push(cut);
    parts.push(
      cut.side.map((side) => (side === 2 ? 1 : 0)),
      cut.side.map((side) => (side === 1 ? 1 : 0)),
    );
  }
  return cuts;
}

function worstCut({ memberCount, links, contradictions }: EntityEvidence, part: Uint8Array): Cut | null {
  const inPart = ({ a, b }: Link): boolean => part[a] === 1 && part[b] === 1;
  const inner = links.filter(inPart);
  const against = contradictions.filter(inPart).sort((x, y) => y.strength - x.strength || x.a - y.a || x.b - y.b);
  let worst: Cut | null = null;
  for (const { a, b } of against.slice(0, contradictionsMax)) {
    const withA = weakestCut(memberCount, inner, a, b);
    if (withA === null) continue;
    const side = withA.map((one, member) => (part[member] === 0 ? 0 : one === 1 ? 1 : 2));
    const cut = weighed(side, inner, against);
    if (cut.against > cut.strength && cut.against - cut.strength > gainOf(worst)) worst = cut;
  }
  return worst;
}

function gainOf(cut: Cut | null): number {
  return cut === null ? 0 : cut.against - cut.strength;
}

function weighed(side: Uint8Array, links: readonly Link[], contradictions: readonly Link[]): Cut {
  const across = ({ a, b }: Link): boolean => side[a] !== side[b];
  const held = links.filter(across);
  const differing = contradictions.filter(across);
  return {
    side,
    links: held.length,
    strength: total(held),
    contradictions: differing.length,
    against: total(differing),
  };
}

function total(links: readonly Link[]): number {
  return links.reduce((sum, { strength }) => sum + strength, 0);
}
