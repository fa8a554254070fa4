import { unpackPattern } from "../classify/index.ts";
import { comparisonOf, nameLevels } from "../compare/index.ts";
import type { ComparisonSettings, LinkageSettings } from "../settings.ts";

/** Comparisons whose top level says that no source has the value twice. */
const knowsUnique = new Set(["title", "name"]);

/**
 * A pair that agrees in a single field matches only if no source has that value twice and no class speaks against it: a bare
 * name matches a famous bearer only when the name is unique and the occupation fits. A title alone, where a year or
 * people could have told but are missing, is too little: a series is often named like a film. Returns why the
 * pair must be reviewed, or null.
 */
export function guardReason(pattern: number, settings: LinkageSettings): string | null {
  const levels = unpackPattern(pattern, settings.comparisons.length);
  const compared = settings.comparisons.map((comparison, i) => ({
    ...comparison,
    level: levels[i] as number,
    ...limitsOf(comparison),
  }));
  // Who configured where levels begin leaves the judgement to the model.
  if (compared.some((one) => one.graded && one.level > one.disagreesUpTo)) return null;
  const agreeing = compared.filter((one) => one.level >= one.agreesFrom);
  const identifying = agreeing.filter((one) => !one.classes);
  const only = identifying[0];
  if (only === undefined) return "nothing but classes agrees";
  if (identifying.length > 1) return null;
  if (only.kind === "title") {
    const telling = compared.filter((one) => one.field !== only.field && !one.classes && one.kind !== "text");
    if (telling.length > 0 && telling.every((one) => one.level === 0))
      return `only ${only.field} agrees; ${telling.map((one) => one.field).join(", ")}: missing`;
  }
  // A near spelling, or a name that several bear, says too little even where a class fits.
  if (only.kind === "name" && !tellsPerson(only.level, only.levelCount))
    return `only ${only.field} agrees, and not for certain`;
  if (agreeing.length > 1) return null;
  if (!knowsUnique.has(only.kind) || only.level < only.levelCount)
    return `only ${only.field} agrees, and it is not unique`;
  const against = compared.find((one) => one.classes && one.level > 0 && one.level <= one.disagreesUpTo);
  return against === undefined ? null : `only ${only.field} agrees, and ${against.field} does not`;
}

/** True for a name that is equal and unique, or equal but for initials and middle names. */
function tellsPerson(level: number, levelCount: number): boolean {
  return level === levelCount || level === nameLevels.initials;
}

function limitsOf(comparison: ComparisonSettings): {
  agreesFrom: number;
  disagreesUpTo: number;
  levelCount: number;
  graded: boolean;
  classes: boolean;
} {
  const { agreesFrom, disagreesUpTo, levels, graded = false, classes = false } = comparisonOf(comparison);
  return { agreesFrom, disagreesUpTo, levelCount: levels.length, graded, classes };
}
