import type { PublishedLinkage, RecordName } from "../pipelines/index.ts";

/**
 * Reads two records as `source/id source/id` (or `source:id`), or four words source id source id.
 * Gives undefined when the words are not two records of the linkage, and so must mean an entity.
 */
export function parseRecordNames(
  words: readonly string[],
  published: Pick<PublishedLinkage, "state">,
): readonly [RecordName, RecordName] | undefined {
  const sources = published.state.sources.map((source) => source.source);
  if (words.length === 4) {
    const [leftSource, leftId, rightSource, rightId] = words as [string, string, string, string];
    if (!sources.includes(leftSource) || !sources.includes(rightSource)) return undefined;
    return [
      { source: leftSource, id: leftId },
      { source: rightSource, id: rightId },
    ];
  }
  if (words.length !== 2) return undefined;
  const [left, right] = words.map((word) => recordName(word, sources));
  return left && right ? [left, right] : undefined;
}

/** A source may hold the separator in its name (`vega/people`), so the longest source that fits is meant. */
function recordName(word: string, sources: readonly string[]): RecordName | undefined {
  const source = sources
    .filter((name) => word.startsWith(`${name}/`) || word.startsWith(`${name}:`))
    .toSorted((a, b) => b.length - a.length)[0];
  return source === undefined ? undefined : { source, id: word.slice(source.length + 1) };
}
