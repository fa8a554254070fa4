import type { FieldKind } from "../../records/index.ts";
import { topKDefaults } from "../defaults.ts";
import type { BlockingRule, KeyMakerName, LinkageSettings } from "../settings.ts";

/** As many rules as a linkage may have. */
const candidatesMax = 16;

/** The ways to make keys of a kind of field, the narrowest first. */
const makersByKind: Partial<Record<FieldKind, readonly KeyMakerName[]>> = {
  title: ["title", "baseTitle", "titleWords", "titleStart", "sound"],
  name: ["name", "sound", "lastNameInitial", "words"],
  personList: ["persons", "leadingPersons"],
  text: ["words"],
};

/** Kinds whose values are keys as they stand; those of checked identifiers among them. */
const exactKinds: ReadonlySet<FieldKind> = new Set([
  "identifier",
  "isbn",
  "issn",
  "gtin",
  "eidr",
  "orcid",
  "imdb",
] as const);

/** Rules that may be worth having: by the kinds of the compared fields, alone and together with the year, and by likeness. */
export function candidateRules(settings: LinkageSettings): BlockingRule[] {
  const compared = settings.fields.filter(({ name }) => settings.comparisons.some(({ field }) => field === name));
  const year = compared.find(({ kind }) => kind === "year")?.name;
  const byKeys = compared.flatMap(({ name, kind }) => {
    if (exactKinds.has(kind)) return [keyRule([name, "exact"])];
    return (makersByKind[kind] ?? []).flatMap((maker) => [
      ...(year === undefined ? [] : [keyRule([name, maker], [year, "yearNear"])]),
      keyRule([name, maker]),
    ]);
  });
  const alike = compared.filter(({ kind, list }) => !list && (kind === "title" || kind === "name" || kind === "text"));
  const byTopK = alike.slice(0, 1).flatMap(({ name }) => [topKRule(name, "words"), topKRule(name, "qgrams")]);
  return [...byKeys.slice(0, candidatesMax - byTopK.length), ...byTopK];
}

function keyRule(...keys: readonly [field: string, maker: KeyMakerName][]): BlockingRule {
  return {
    name: keys.map(([field, maker]) => `${field} by ${maker}`).join(", "),
    keys: keys.map(([field, maker]) => ({ field, maker })),
  };
}

function topKRule(field: string, tokens: "words" | "qgrams"): BlockingRule {
  return { name: `most alike in ${tokens} of ${field}`, keys: [], topK: { fields: [field], tokens, ...topKDefaults } };
}
