import { type ErrorPlace, KindredError } from "../../base/index.ts";

const namesShownMax = 40;

/** The error for a column that is not there: lists those that are, and says which is nearest. */
export function columnMissing(
  column: string,
  columns: readonly string[],
  where: ErrorPlace,
  role: string,
): KindredError {
  const shown = columns.slice(0, namesShownMax).join(", ");
  const nearest = nearestName(column, columns);
  return new KindredError("column-missing", {
    seen: `no column "${column}", which ${role} names`,
    expected: `one of: ${shown}${columns.length > namesShownMax ? ", ..." : ""}`,
    ...(nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` }),
    where,
  });
}

/** The name that differs least, if it differs by less than half. */
function nearestName(name: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(name.length, best.other.length) / 2 ? best.other : undefined;
}

/** Levenshtein's edit distance, one row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = (row[j - 1] as number) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[right.length] as number;
}
