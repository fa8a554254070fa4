import type { FeatureColumn, PairedRecords } from "./paired-records.ts";

/**
 * How a pair stands among the other pairs of its left and of its right record, by a similarity: its rank, and how far it is
 * above or below the best of the others. No label is read, but the same two records may stand differently among other candidates.
 * How many others there are is no feature: that says more of how the file was made than of the two records.
 */
export function contextFeatures(pairs: PairedRecords, similarity: FeatureColumn): FeatureColumn[] {
  const sides = [
    { name: "left", rows: pairs.left },
    { name: "right", rows: pairs.right },
  ];
  return sides.flatMap(({ name, rows }) =>
    standing(rows, similarity, `${similarity.name}, among pairs of the ${name} record`),
  );
}

function standing(rows: Int32Array, { values }: FeatureColumn, label: string): FeatureColumn[] {
  const rank = new Float64Array(rows.length).fill(Number.NaN);
  const margin = new Float64Array(rows.length).fill(Number.NaN);
  for (const group of Map.groupBy(rows.keys(), (pair) => rows[pair] as number).values()) {
    const known = group
      .filter((pair) => !Number.isNaN(values[pair]))
      .sort((a, b) => (values[b] as number) - (values[a] as number));
    const [first, second] = [values[known[0] ?? -1] ?? 0, values[known[1] ?? -1] ?? 0];
    let place = 0;
    known.forEach((pair, i) => {
      const own = values[pair] as number;
      if (i === 0 || own !== values[known[i - 1] as number]) place = i;
      rank[pair] = place;
      margin[pair] = own - (i === 0 ? second : first);
    });
  }
  return [
    { name: `${label}: rank`, values: rank },
    { name: `${label}: margin`, values: margin },
  ];
}
