import { type ErrorPlace, KindredError } from "../../base/index.ts";
import { labelMatch, labelWords } from "./label-word.ts";
import { type LabelledPair, pairKey, type RecordRef, recordKey, type Truth } from "./truth.ts";

const pairColumns = ["left_source", "left_id", "right_source", "right_id"] as const;

type Row = Readonly<Record<string, string>>;

/**
 * Reads truth out of rows of text by column name: `source`, `id` and one cluster column, or left_source, left_id,
 * right_source, right_id and optionally label (all matches without it) and category. Only what speaks of `sources` is
 * kept; a record with an empty cluster is a singleton, a pair that is labelled twice alike counts once.
 * @throws column-missing when the columns are neither; source-empty; source-malformed with the row (the first after
 * the header is 1) for a word that is no label, for truth that contradicts itself, and where nothing names a linked source
 */
export function readTruth(rows: readonly Row[], sources: readonly string[], file?: string): Truth {
  const place = file === undefined ? {} : { file };
  const columns = Object.keys(rows[0] ?? {});
  if (rows.length === 0)
    throw new KindredError("source-empty", { seen: "truth without a row", expected: "at least one", where: place });
  if (pairColumns.every((column) => columns.includes(column))) return readPairs(rows, sources, place);
  const clusterColumns = columns.filter((column) => column !== "source" && column !== "id");
  const [clusterColumn] = clusterColumns;
  if (
    !columns.includes("source") ||
    !columns.includes("id") ||
    clusterColumn === undefined ||
    clusterColumns.length > 1
  ) {
    throw new KindredError("column-missing", {
      seen: `truth with the columns ${columns.join(", ") || "(none)"}`,
      expected: `source, id and one cluster column, or ${pairColumns.join(", ")} with label and category if there are any`,
      where: place,
    });
  }
  return readClusters(rows, clusterColumn, sources, place);
}

function readClusters(rows: readonly Row[], column: string, sources: readonly string[], place: ErrorPlace): Truth {
  const known = new Set(sources);
  const clusterByRecord = new Map<string, string>();
  rows.forEach((row, i) => {
    const { source, id } = row as Row & RecordRef;
    const cluster = row[column] as string;
    if (!known.has(source) || cluster === "") return;
    const key = recordKey({ source, id });
    const before = clusterByRecord.get(key);
    if (before !== undefined && before !== cluster)
      throw malformed(
        `${source}/${id} is in "${cluster}" and, in a row before, in "${before}"`,
        "each record in one cluster",
        place,
        i,
      );
    clusterByRecord.set(key, cluster);
  });
  if (!rows.some((row) => known.has(row.source as string)))
    throw strangers(
      rows.map((row) => row.source as string),
      sources,
      place,
    );
  return { kind: "clusters", clusterByRecord };
}

function readPairs(rows: readonly Row[], sources: readonly string[], place: ErrorPlace): Truth {
  const known = new Set(sources);
  const byKey = new Map<string, LabelledPair>();
  let ofSources = 0;
  rows.forEach((row, i) => {
    const match = row.label === undefined ? true : labelMatch(row.label);
    if (match === undefined) throw malformed(`the label "${row.label}"`, labelWords, { ...place, column: "label" }, i);
    if (!known.has(row.left_source as string) || !known.has(row.right_source as string)) return;
    ofSources++;
    if (match === null) return;
    const pair = {
      left: { source: row.left_source as string, id: row.left_id as string },
      right: { source: row.right_source as string, id: row.right_id as string },
      match,
      category: row.category ?? null,
    };
    if (recordKey(pair.left) === recordKey(pair.right))
      throw malformed(`a pair of ${pair.left.source}/${pair.left.id} with itself`, "two records", place, i);
    const key = pairKey(pair);
    const before = byKey.get(key);
    if (before !== undefined && before.match !== match)
      throw malformed("the pair has the other label in a row before", "one label for each pair", place, i);
    if (before === undefined) byKey.set(key, pair);
  });
  if (ofSources === 0)
    throw strangers(
      rows.flatMap((row) => [row.left_source as string, row.right_source as string]),
      sources,
      place,
    );
  return { kind: "pairs", pairs: [...byKey.values()] };
}

function malformed(seen: string, expected: string, place: ErrorPlace, index: number): KindredError {
  return new KindredError("source-malformed", { seen, expected, where: { ...place, row: index + 1 } });
}

/** Sources that a message names at most. */
const namedMax = 5;

function strangers(seen: readonly string[], sources: readonly string[], place: ErrorPlace): KindredError {
  const names = [...new Set(seen)];
  const shown = names.slice(0, namedMax).map((name) => `"${name}"`);
  return new KindredError("source-malformed", {
    seen: `truth about ${shown.join(", ")}${names.length > namedMax ? " and others" : ""} only`,
    expected: `the linked sources: ${sources.map((name) => `"${name}"`).join(", ")}`,
    hint: "Name sources as in the truth when linking (name=path), or change the truth",
    where: { ...place, row: 1 },
  });
}
