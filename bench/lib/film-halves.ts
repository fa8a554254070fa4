import { type Half, halfOf, type RecordRef, recordKey } from "../../src/linkage/index.ts";
import { readRows } from "./film-catalogues.ts";

/**
 * True for records whose film is in the chosen half; a record without an IMDb id is its own film. Films are the truth
 * clusters of shared/data, and the ids that hard-movies knows of records beyond them.
 */
export function inHalf(half: Half | "all"): (record: RecordRef) => boolean {
  if (half === "all") return () => true;
  const film = new Map<string, string>();
  for (const { source, id, imdb_id } of readRows("movies/clusters.csv"))
    film.set(recordKey({ source: source as string, id: id as string }), imdb_id as string);
  for (const row of readRows("hard-movies/hard_movies.csv")) {
    for (const side of ["left", "right"]) {
      const imdb = row[`${side}_imdb_id`];
      if (imdb) film.set(recordKey({ source: row[`${side}_source`] as string, id: row[`${side}_id`] as string }), imdb);
    }
  }
  return (record) => halfOf(film.get(recordKey(record)) ?? `${record.source}:${record.id}`) === half;
}
