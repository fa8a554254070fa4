import { keyOfColumn } from "./column-name.ts";
import type { SourceProfile } from "./source-profile.ts";
import { evidenceByType } from "./vocabulary.ts";

const titleKeys = new Set([
  "title",
  "primarytitle",
  "movietitle",
  "filmtitle",
  "movie",
  "film",
  "booktitle",
  "showtitle",
  "originaltitle",
]);
const nameKeys = new Set([
  "name",
  "fullname",
  "personname",
  "primaryname",
  "displayname",
  "firstname",
  "lastname",
  "surname",
]);
const bareNames = new Set(["value", "actor", "director", "person", "actorname"]);

/**
 * The entity type of each source: as declared; else by the columns that speak for persons, films, books or other things;
 * a source whose columns say nothing follows the others when they agree.
 */
export function entityTypes(profiles: readonly SourceProfile[]): string[] {
  const own = profiles.map((profile) => profile.spec.entityType ?? evidentType(profile));
  const others = new Set(own.filter((type) => type !== undefined && type !== "person"));
  const shared = others.size === 1 ? [...others][0] : undefined;
  return own.map((type, i) => type ?? shared ?? (isTitledInTime(profiles[i] as SourceProfile) ? "film" : "record"));
}

function evidentType(profile: SourceProfile): string | undefined {
  const filled = profile.columns.filter((column) => column.kind !== "empty");
  const keys = new Set(filled.map((column) => keyOfColumn(column.name)));
  const score = (type: keyof typeof evidenceByType): number =>
    evidenceByType[type].filter((key) => keys.has(key)).length;
  const titled = [...keys].some((key) => titleKeys.has(key));
  if (!titled) {
    const named = [...keys].some((key) => nameKeys.has(key));
    if (named && score("person") > score("film") && score("person") > score("record")) return "person";
    if (filled.length === 1 && bareNames.has([...keys][0] as string) && filled[0]?.kind === "name") return "person";
  }
  const film = score("film") + (filled.some((column) => column.kind === "level") ? 1 : 0);
  const record = score("record");
  if (film > 0 && film >= score("book") && film >= record) return "film";
  if (score("book") > record) return "book";
  if (record > 0) return "record";
  return titled && keys.has("genres") ? "film" : undefined;
}

/** A title with a year and nothing else to go by is taken for a film, the first thing that Kindred is for. */
function isTitledInTime(profile: SourceProfile): boolean {
  const titled = profile.columns.some((column) => titleKeys.has(keyOfColumn(column.name)));
  return titled && profile.columns.some((column) => column.kind === "year" || column.kind === "date");
}
