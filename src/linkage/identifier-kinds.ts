import { identifierSchemeNames } from "../records/index.ts";

const identifierKinds: ReadonlySet<string> = new Set(["identifier", ...identifierSchemeNames]);

/** Whether fields and comparisons of a kind are about identifiers, of which sources give one thing the same. */
export function isIdentifierKind(kind: string): boolean {
  return identifierKinds.has(kind);
}
