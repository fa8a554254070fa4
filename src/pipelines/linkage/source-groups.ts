/** Sources of one entity type whose records one task writes. */
export interface SourceGroup {
  readonly entityType: string;
  /** In their order; none where no declared source is of the type. */
  readonly sources: readonly string[];
  /** The declared sources of the type that come before. */
  readonly before: readonly string[];
}

/** Fewer records than this are written by one task: naming entities is done once a task. */
const groupRecordsMin = 100_000;

/** Cuts the sources of a type, in their order, into at most three groups, each but the last with half of the records or more. */
export function sourceGroups(
  entityType: string,
  sources: readonly { readonly source: string; readonly recordCount: number }[],
  recordsMin = groupRecordsMin,
): SourceGroup[] {
  const total = sources.reduce((sum, { recordCount }) => sum + recordCount, 0);
  const enough = Math.max(recordsMin, total / 2);
  const groups: SourceGroup[] = [];
  let [own, before, records]: [string[], string[], number] = [[], [], 0];
  const end = (): void => {
    groups.push({ entityType, sources: own, before });
    [own, before, records] = [[], [...before, ...own], 0];
  };
  for (const { source, recordCount } of sources) {
    own.push(source);
    records += recordCount;
    if (records >= enough) end();
  }
  if (own.length > 0 || groups.length === 0) end();
  return groups;
}
