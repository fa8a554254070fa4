/** The kinds of identifier that can be read and checked. */
export const identifierSchemeNames = ["isbn", "issn", "gtin", "eidr", "orcid", "imdb"] as const;

/** Names a kind of identifier. */
type IdentifierSchemeName = (typeof identifierSchemeNames)[number];

/** A kind of identifier that means the same in every catalogue. */
export interface IdentifierScheme {
  readonly name: IdentifierSchemeName;
  /** As people call it. */
  readonly label: string;
  /** A sign of it follows from the others: nearly every mistake in writing shows. */
  readonly checked: boolean;
  /** The one way to write it, whatever prefix, address, hyphens and older form it came in; null where it is not well formed. */
  canonical(text: string): string | null;
}
