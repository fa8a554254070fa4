/** The places with the highest scores, best first; of equals the lower place. Linear in the places. */
export function topPlaces(places: Iterable<number>, scoreOf: (place: number) => number, limit: number): number[] {
  const best: { place: number; score: number }[] = [];
  for (const place of places) {
    const score = scoreOf(place);
    const last = best[best.length - 1];
    if (best.length === limit && last && (score < last.score || (score === last.score && place > last.place))) continue;
    let at = best.length;
    while (at > 0 && comesBefore({ place, score }, best[at - 1] as { place: number; score: number })) at--;
    best.splice(at, 0, { place, score });
    if (best.length > limit) best.pop();
  }
  return best.map((item) => item.place);
}

function comesBefore(a: { place: number; score: number }, b: { place: number; score: number }): boolean {
  return a.score > b.score || (a.score === b.score && a.place < b.place);
}
