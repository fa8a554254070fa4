import { unpackPattern } from "../classify/index.ts";
import { comparisonOf } from "../compare/index.ts";
import type { LinkageSettings } from "../settings.ts";

/** Comparisons whose top level says that no source has the value twice. */
const knowsUnique = new Set(["title", "name"]);

/**
 * A pair that agrees in a single field matches only if no source has that value twice and no class speaks against it: a bare
 * name matches a famous bearer only when the name is unique and the occupation fits. Returns why it must be reviewed, or null.
 */
export function guardReason(pattern: number, settings: LinkageSettings): string | null {
  const levels = unpackPattern(pattern, settings.comparisons.length);
  const agreeing = settings.comparisons.flatMap((comparison, i) => {
    const { agreesFrom } = comparisonOf(comparison.kind);
    return (levels[i] as number) >= agreesFrom ? [{ comparison, level: levels[i] as number }] : [];
  });
  const only = agreeing[0];
  if (agreeing.length !== 1 || only === undefined) return null;
  const { field, kind } = only.comparison;
  if (!knowsUnique.has(kind) || only.level < comparisonOf(kind).levels.length) return `only ${field} agrees, and it is not unique`;
  const against = settings.comparisons.find((comparison, i) => {
    const level = levels[i] as number;
    const isClass = comparison.kind === "category" || comparison.kind === "set";
    return isClass && level > 0 && level <= comparisonOf(comparison.kind).disagreesUpTo;
  });
  return against === undefined ? null : `only ${field} agrees, and ${against.field} does not`;
}
