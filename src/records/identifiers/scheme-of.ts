import type { IdentifierScheme } from "./scheme.ts";
import { identifierSchemes } from "./schemes.ts";

/** Share of the values that must be well formed. A tenth of any numbers would pass a check digit by chance. */
const wellFormedMin = 0.98;
/** The same for a column that is named for the scheme. */
const wellFormedNamedMin = 0.8;
/** Distinct values below which chance could have made them all pass. */
const distinctMin = 8;

const schemeByField: ReadonlyMap<string, IdentifierScheme> = new Map([
  ...Object.values(identifierSchemes).map((scheme) => [scheme.name, scheme] as const),
  ["imdb_id", identifierSchemes.imdb],
]);

/** The scheme whose check nearly all values pass, whatever their column is called; an ISBN is also a GTIN and goes first. */
export function checkedSchemeOf(texts: readonly string[]): IdentifierScheme | undefined {
  const distinct = [...new Set(texts)];
  if (distinct.length < distinctMin) return undefined;
  return Object.values(identifierSchemes).find((scheme) => scheme.checked && isMostly(scheme, distinct, wellFormedMin));
}

/** The scheme that a known field is named for, if its values are of it. */
export function schemeNamed(field: string, texts: readonly string[]): IdentifierScheme | undefined {
  const scheme = schemeByField.get(field);
  return scheme !== undefined && isMostly(scheme, texts, wellFormedNamedMin) ? scheme : undefined;
}

function isMostly(scheme: IdentifierScheme, texts: readonly string[], share: number): boolean {
  const failing = Math.floor(texts.length * (1 - share));
  let failed = 0;
  for (const text of texts) if (scheme.canonical(text) === null && ++failed > failing) return false;
  return texts.length > 0;
}
