/** A link between two members of one entity, by their places in it. */
export interface Link {
  readonly a: number;
  readonly b: number;
  /** How sure it is, above 0; Infinity where it may not be cut. */
  readonly strength: number;
}

/** Entities of up to this many records are cut exactly; the search takes a matrix of all their pairs. */
const exactMembersMax = 64;

/** What is left of a capacity through rounding alone. */
const noise = 1e-9;

/**
 * The weakest cut that sets `s` apart from `t`: true for the members that stay with `s`; null where nothing may be cut. Exact
 * (the cut of least total strength) up to 64 members; in larger entities the weakest link on the surest way from `s` to `t` is cut,
 * which is the same wherever that link is the only one between the two sides.
 */
export function weakestCut(memberCount: number, links: readonly Link[], s: number, t: number): Uint8Array | null {
  return memberCount <= exactMembersMax
    ? minimumCut(memberCount, links, s, t)
    : weakestLinkCut(memberCount, links, s, t);
}

/** J. Edmonds, R. M. Karp, "Theoretical Improvements in Algorithmic Efficiency for Network Flow Problems", 1972. */
function minimumCut(memberCount: number, links: readonly Link[], s: number, t: number): Uint8Array | null {
  const capacity = new Float64Array(memberCount * memberCount);
  for (const { a, b, strength } of links) {
    capacity[a * memberCount + b] = (capacity[a * memberCount + b] as number) + strength;
    capacity[b * memberCount + a] = (capacity[b * memberCount + a] as number) + strength;
  }
  for (;;) {
    const from = searched(capacity, memberCount, s);
    if (from[t] === -1) return Uint8Array.from(from, (one) => (one === -1 ? 0 : 1));
    let flow = Number.POSITIVE_INFINITY;
    for (let at = t; at !== s; at = from[at] as number)
      flow = Math.min(flow, capacity[(from[at] as number) * memberCount + at] as number);
    if (flow === Number.POSITIVE_INFINITY) return null;
    for (let at = t; at !== s; at = from[at] as number) {
      const before = from[at] as number;
      capacity[before * memberCount + at] = (capacity[before * memberCount + at] as number) - flow;
      capacity[at * memberCount + before] = (capacity[at * memberCount + before] as number) + flow;
    }
  }
}

/** Breadth first from `s` along what capacity is left: from where each member is reached, -1 where it is not. */
function searched(capacity: Float64Array, memberCount: number, s: number): Int32Array {
  const from = new Int32Array(memberCount).fill(-1);
  from[s] = s;
  const queue = [s];
  for (let at = 0; at < queue.length; at++) {
    const member = queue[at] as number;
    for (let next = 0; next < memberCount; next++) {
      if (from[next] !== -1 || !((capacity[member * memberCount + next] as number) > noise)) continue;
      from[next] = member;
      queue.push(next);
    }
  }
  return from;
}

/** Cuts the weakest link between `s` and `t` of a maximum spanning tree (J. B. Kruskal, 1956). */
function weakestLinkCut(memberCount: number, links: readonly Link[], s: number, t: number): Uint8Array | null {
  const group = Int32Array.from({ length: memberCount }, (_, member) => member);
  const find = (member: number): number => {
    let root = member;
    while (group[root] !== root) root = group[root] as number;
    for (let at = member; at !== root; ) {
      const next = group[at] as number;
      group[at] = root;
      at = next;
    }
    return root;
  };
  const surestFirst = links.toSorted((x, y) => y.strength - x.strength || x.a - y.a || x.b - y.b);
  const tree: Link[] = [];
  for (const link of surestFirst) {
    const [a, b] = [find(link.a), find(link.b)];
    if (a === b) continue;
    group[b] = a;
    tree.push(link);
    // The link that joins the two is the weakest on the way between them, for the surer ones came first.
    if (find(s) === find(t)) return link.strength === Number.POSITIVE_INFINITY ? null : sideOf(s, link, surestFirst);
  }
  return Uint8Array.from(group, (_, member) => (find(member) === find(s) ? 1 : 0));

  function sideOf(start: number, without: Link, all: readonly Link[]): Uint8Array {
    // What hangs on either side by weaker links stays with the side it is surest of.
    for (const link of all.slice(all.indexOf(without) + 1)) {
      const [a, b] = [find(link.a), find(link.b)];
      if (a === b) continue;
      group[b] = a;
      tree.push(link);
    }
    return reached(memberCount, tree, start, without);
  }
}

/** The members that a tree reaches from `start` without one of its links. */
function reached(memberCount: number, tree: readonly Link[], start: number, without: Link): Uint8Array {
  const near: number[][] = Array.from({ length: memberCount }, () => []);
  for (const link of tree) {
    if (link === without) continue;
    near[link.a]?.push(link.b);
    near[link.b]?.push(link.a);
  }
  const side = new Uint8Array(memberCount);
  side[start] = 1;
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    for (const next of near[queue[at] as number] as number[]) {
      if (side[next] === 1) continue;
      side[next] = 1;
      queue.push(next);
    }
  }
  return side;
}
