/**
 * Groups of pairs that share a film, directly or through others: no fold may cut one. Films are the truth's, which only
 * parts pairs here and is nowhere evidence.
 */
export function filmGroups(pairs: readonly (readonly [left: string, right: string])[]): string[] {
  const parent = new Map<string, string>();
  const rootOf = (film: string): string => {
    const above = parent.get(film) ?? film;
    return above === film ? film : rootOf(above);
  };
  for (const [left, right] of pairs) {
    const [a, b] = [rootOf(left), rootOf(right)].sort() as [string, string];
    parent.set(b, a);
  }
  return pairs.map(([left]) => rootOf(left));
}
