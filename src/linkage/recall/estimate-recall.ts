import { type Interval, wilson } from "../evaluate/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { Captures } from "./captures.ts";
import { ruleFamilies } from "./families.ts";

/** What the rules that look at one field found of the matches that others found too. */
export interface FamilyRecall {
  readonly field: string;
  readonly rules: readonly string[];
  /** Matches that rules on other fields found and these could have found, and how many of them these did find. */
  readonly trials: number;
  readonly found: number;
}

/** The recall of blocking, estimated without labels. */
export interface BlockingRecall {
  /** Pairs taken for matches, of all that rules made. */
  readonly matches: number;
  /** Their share of all matches there are; null where it cannot be estimated, and `why` says so. */
  readonly recall: number | null;
  readonly interval: Interval | null;
  readonly why: string | null;
  readonly families: readonly FamilyRecall[];
}

/** With fewer matches that were found in another way, nothing is said of a family. */
const trialsMin = 20;
/** The share of matches that may rest on families of which nothing can be said. */
const blindShareMax = 0.05;

/**
 * The low end of the interval takes a match that one family misses to be missed by the next so many times as often as others:
 * records that are poor in one field are poor in the next. Without labels this cannot be measured; 2 covers what was seen (decision 0008).
 */
const dependence = 2;

/**
 * Estimates which share of all matches the rules bring together, from matches that are found in several ways: rules on the
 * directors say how many matches rules on the title miss, and the reverse. A match that no family finds is missed with the product of
 * their shares; each match found stands for 1 / (1 - that) matches.
 *
 * R. M. Huggins, "On the statistical analysis of capture experiments", 1989; J. M. Alho, "Logistic regression in capture-recapture
 * models", 1990. The interval goes from where all shares are at the low end of theirs (Wilson), and depend on each other, to where all
 * are at the high end, and as many matches more or fewer were missed as chance makes of such a number (Poisson).
 */
export function estimateRecall(captures: readonly Captures[], settings: LinkageSettings): BlockingRecall {
  const families = ruleFamilies(settings);
  const named = families.map(({ field, rules }, f): FamilyRecall => {
    const others = captures.filter(({ able, found }) => (able & (1 << f)) !== 0 && (found & ~(1 << f)) !== 0);
    return {
      field,
      rules: rules.map((rule) => settings.rules[rule]?.name ?? ""),
      trials: sum(others),
      found: sum(others.filter(({ found }) => (found & (1 << f)) !== 0)),
    };
  });
  const matches = sum(captures);
  const known = named.reduce((set, { trials }, f) => (trials >= trialsMin ? set | (1 << f) : set), 0);
  const why = reasonOf(families.length, matches, sum(captures.filter((one) => isBlind(one, known))));
  if (why !== null) return { matches, recall: null, interval: null, why, families: named };
  const missed = (shareOf: (family: FamilyRecall) => number, times: number): number =>
    missedMatches(
      captures,
      named.map((family, f) => ((known >> f) & 1 ? shareOf(family) : null)),
      times,
    );
  const atLow = missed(({ found, trials }) => wilson(found, trials)?.low ?? 0, dependence);
  const atHigh = missed(({ found, trials }) => wilson(found, trials)?.high ?? 1, 1);
  return {
    matches,
    recall: matches / (matches + missed(({ found, trials }) => (found + 0.5) / (trials + 1), 1)),
    interval: {
      low: matches / (matches + atLow + z * Math.sqrt(atLow + 1) + (z * z) / 2),
      high: matches / (matches + Math.max(0, atHigh - z * Math.sqrt(atHigh))),
    },
    why,
    families: named,
  };
}

/** Whether none of the families of which something is known could have found these matches, or only others did. */
function isBlind({ able, found }: Captures, known: number): boolean {
  return (able & known) === 0 || (found !== 0 && (found & known) === 0);
}

/** The normal quantile of a 95 % interval. */
const z = 1.959964;

function reasonOf(familyCount: number, matches: number, blind: number): string | null {
  if (familyCount < 2) return "all rules look at one field, so no other finds what they miss";
  if (matches < trialsMin) return `only ${matches} matches were found`;
  return blind > matches * blindShareMax
    ? `${Math.round((100 * blind) / matches)} % of the matches were found through fields that no other rule checks`
    : null;
}

/** How many matches no family finds when each finds this share of those that it is able to find; null where it is not known. */
function missedMatches(captures: readonly Captures[], shares: readonly (number | null)[], times: number): number {
  return captures.reduce((total, { able, matches }) => {
    const by = shares.filter((share, f): share is number => share !== null && ((able >> f) & 1) === 1);
    const product = by.reduce((missed, share) => missed * (1 - share), 1);
    // Of a match that no family of which something is known could have found, nothing is said.
    if (by.length === 0) return total;
    const missed = by.length > 1 ? Math.min(product * times, 1 - Math.max(...by)) : product;
    return total + (matches * missed) / (1 - missed);
  }, 0);
}

function sum(captures: readonly Captures[]): number {
  return captures.reduce((total, { matches }) => total + matches, 0);
}
