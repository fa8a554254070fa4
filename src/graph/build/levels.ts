import type { OntologyCodes } from "../ontology-codes.ts";

/** What catalogues call the levels of a work, beside the ontology's own names. */
const levelByWord: Readonly<Record<string, string>> = {
  movie: "film",
  feature: "film",
  short: "film",
  "tv movie": "film",
  show: "series",
  "tv show": "series",
  "tv series": "series",
  miniseries: "series",
  "tv episode": "episode",
};

/** The entity type that a level says, or undefined when it says none (such as "title", which may be anything). */
export function typeOfLevel(codes: OntologyCodes, level: string | null): number | undefined {
  if (level === null) return undefined;
  const word = level.trim().toLowerCase();
  return codes.typeCode(levelByWord[word] ?? word);
}
