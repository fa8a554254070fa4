/** A record by its source and id. */
export interface RecordRef {
  readonly source: string;
  readonly id: string;
}

/** Two records, in either order. */
export interface RecordPair {
  readonly left: RecordRef;
  readonly right: RecordRef;
}

/** A pair that someone labelled. */
export interface LabelledPair extends RecordPair {
  readonly match: boolean;
  readonly category: string | null;
}

/** What is known to be true: whole clusters (records not listed are singletons), or labelled pairs. */
export type Truth =
  | { readonly kind: "clusters"; readonly clusterByRecord: ReadonlyMap<string, string> }
  | { readonly kind: "pairs"; readonly pairs: readonly LabelledPair[] };

/** A record as one text, for maps. */
export function recordKey(record: RecordRef): string {
  return `${record.source}\u0000${record.id}`;
}

/** Two records as one text, the same in either order. */
export function pairKey(pair: RecordPair): string {
  const left = recordKey(pair.left);
  const right = recordKey(pair.right);
  return left < right ? `${left}\u0001${right}` : `${right}\u0001${left}`;
}

/** The truth cluster of a record; one that is not listed is a cluster of its own. */
export function clusterFinder(truth: Extract<Truth, { kind: "clusters" }>): (record: RecordRef) => string {
  return (record) => {
    const key = recordKey(record);
    return truth.clusterByRecord.get(key) ?? key;
  };
}
