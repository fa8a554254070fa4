import { KindredError } from "../../base/index.ts";

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

const pairColumns = ["left_source", "left_id", "right_source", "right_id"] as const;

/**
 * Reads truth out of rows of text by column name: `source`, `id` and one cluster column, or left_source, left_id,
 * right_source, right_id and optionally label (1/0; all matches without it) and category.
 * @throws column-missing when the columns are neither
 */
export function readTruth(rows: readonly Readonly<Record<string, string>>[], sources: readonly string[]): Truth {
  const columns = Object.keys(rows[0] ?? {});
  if (pairColumns.every((column) => columns.includes(column))) return readPairs(rows, new Set(sources));
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
    });
  }
  const known = new Set(sources);
  const listed = rows.filter((row) => known.has(row.source as string));
  const entries = listed.map(
    (row) => [recordKey({ source: row.source as string, id: row.id as string }), row[clusterColumn] as string] as const,
  );
  return { kind: "clusters", clusterByRecord: new Map(entries) };
}

function readPairs(rows: readonly Readonly<Record<string, string>>[], sources: ReadonlySet<string>): Truth {
  const pairs = rows
    .filter((row) => sources.has(row.left_source as string) && sources.has(row.right_source as string))
    .map((row): LabelledPair => {
      return {
        left: { source: row.left_source as string, id: row.left_id as string },
        right: { source: row.right_source as string, id: row.right_id as string },
        match: row.label === undefined || !["0", "false", "no", ""].includes(row.label.trim().toLowerCase()),
        category: row.category ?? null,
      };
    });
  return { kind: "pairs", pairs };
}
