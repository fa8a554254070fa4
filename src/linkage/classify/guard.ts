import { comparisonOf, nameLevels } from "../compare/index.ts";
import { isIdentifierKind } from "../identifier-kinds.ts";
import type { ComparisonSettings, LinkageSettings } from "../settings.ts";
import type { Model } from "./model.ts";
import { unpackPattern } from "./pattern.ts";

/** Comparisons of what a thing is called, titles before names; their top level says that no source has the value twice. */
const namingKinds = ["title", "name"] as const;
const knowsUnique: ReadonlySet<string> = new Set(namingKinds);
/** Comparisons of measures, which agree nearly for different things too. */
const measures = new Set(["year", "date", "number"]);

interface Limits {
  readonly agreesFrom: number;
  readonly disagreesUpTo: number;
  readonly levelCount: number;
  readonly graded: boolean;
  readonly classes: boolean;
}

/** A comparison with the level a pair has in it. */
interface Compared extends Limits {
  readonly field: string;
  readonly kind: string;
  readonly level: number;
}

/** Gives why the pairs of a pattern must be reviewed, null where they need not be. */
export type GuardOf = (pattern: number) => string | null;

/** {@link guardReason}, asked once about each pattern. */
export function guardOf(model: Pick<Model, "settings" | "rules">): GuardOf {
  const { settings } = model;
  const silent = ownIdFields(model);
  const known = new Map<number, string | null>();
  return (pattern) => {
    let reason = known.get(pattern);
    if (reason === undefined) {
      reason = guardReason(pattern, settings, silent);
      known.set(pattern, reason);
    }
    return reason;
  };
}

/**
 * A pair that agrees in a single field matches only if no source has that value twice and nothing speaks against it: a bare
 * name matches a famous bearer only when the name is unique and the occupation fits, and a remake has its title alone. A title alone, where a year or
 * people could have told but are missing, is too little: a series is often named like a film. Returns why the pair must
 * be reviewed, or null.
 * @param silent fields that are looked at as if they were not compared
 */
export function guardReason(
  pattern: number,
  settings: LinkageSettings,
  silent: ReadonlySet<string> = new Set(),
): string | null {
  const levels = unpackPattern(pattern, settings.comparisons.length);
  const compared = settings.comparisons
    .map((comparison, i): Compared => ({ ...comparison, level: levels[i] as number, ...limitsOf(comparison) }))
    .filter(({ field }) => !silent.has(field));
  // Who configured where levels begin leaves the judgement to the model.
  if (compared.some((one) => one.graded && one.level > one.disagreesUpTo)) return null;
  const agreeing = compared.filter((one) => one.level >= one.agreesFrom);
  const identifying = agreeing.filter((one) => !one.classes);
  const only = identifying[0];
  if (only === undefined) return "nothing but classes agrees";
  const named = namedBy(compared);
  if (named !== undefined && speaksAgainst(named)) return reasonOfOtherName(named, compared);
  if (identifying.length > 1) return null;
  const differs = compared.find((one) => !one.classes && speaksAgainst(one));
  if (differs !== undefined) return `only ${only.field} agrees, and ${differs.field} does not`;
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
  const against = compared.find(speaksAgainst);
  return against === undefined ? null : `only ${only.field} agrees, and ${against.field} does not`;
}

/**
 * Fields of identifiers that most matches differ in: each source gives out its own, under one name, and a difference that
 * nearly all matches show speaks against none.
 */
function ownIdFields({ settings, rules }: Pick<Model, "settings" | "rules">): ReadonlySet<string> {
  const differsIn = (field: string): boolean => {
    let [differ, agree] = [0, 0];
    for (const { pairs, prior, comparisons } of rules) {
      const [different, ...equal] = comparisons.find((one) => one.field === field)?.levels ?? [];
      differ += pairs * prior * (different?.m ?? 0);
      agree += pairs * prior * equal.reduce((sum, { m }) => sum + m, 0);
    }
    return differ > agree;
  };
  const identifiers = settings.comparisons.filter(({ kind }) => isIdentifierKind(kind));
  return new Set(identifiers.map(({ field }) => field).filter(differsIn));
}

/** What says how the records themselves are called: a person's address may look like a name, and a film names its director. */
function namedBy(compared: readonly Compared[]): Compared | undefined {
  for (const kind of namingKinds) {
    const found = compared.find((one) => one.kind === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Two records that call themselves differently may be translations of each other; then all that can tell agrees. A sequel has
 * its maker and its genres too, in a year and a length that are nearly the same. Who has the same number and the same day of
 * birth is the same, under another name and at another address.
 */
function reasonOfOtherName(named: Compared, compared: readonly Compared[]): string | null {
  const issued = compared.filter(isIssued);
  if (issued.length > 1 && issued.some(({ kind }) => isIdentifierKind(kind))) return null;
  const telling = compared.filter((one) => one !== named && one.level > 0 && !one.classes && one.kind !== "text");
  const apart = telling.find((one) => one.level < one.agreesFrom);
  if (apart !== undefined) return `${named.field} does not agree, nor does ${apart.field}`;
  const whole = telling.filter((one) => !measures.has(one.kind) || one.level === one.levelCount);
  return whole.length > 1 ? null : `${named.field} does not agree, and too little else does wholly`;
}

/** Equal in what is given to one thing once, and does not come of another field: an identifier, or a day. */
function isIssued({ kind, level, levelCount }: Compared): boolean {
  return (kind === "date" || isIdentifierKind(kind)) && level === levelCount;
}

function speaksAgainst(one: Compared): boolean {
  return one.level > 0 && one.level <= one.disagreesUpTo;
}

/** True for a name that is equal and unique, or equal but for initials and middle names. */
function tellsPerson(level: number, levelCount: number): boolean {
  return level === levelCount || level === nameLevels.initials;
}

function limitsOf(comparison: ComparisonSettings): Limits {
  const { agreesFrom, disagreesUpTo, levels, graded = false, classes = false } = comparisonOf(comparison);
  return { agreesFrom, disagreesUpTo, levelCount: levels.length, graded, classes };
}
