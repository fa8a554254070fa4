import { comparisonOf, levelsMax } from "../compare/index.ts";
import { trainingDefaults } from "../defaults.ts";
import type { LinkageSettings } from "../settings.ts";
import type { RuleModel } from "./model.ts";
import { type PatternOfRule, wayCount, wayOf } from "./observations.ts";
import { ownFields } from "./parameters.ts";

/**
 * Of the pairs of a rule that do not match, the share whose record has no match elsewhere either, by the way from its
 * source to the other's. Among matches it is 1, where sources are free of duplicates: a pair that nothing surer competes
 * with is likelier to match than its values alone say, by the inverse of this share. A title that no source has twice has
 * no rival of the same title to begin with, so where a rule's keys are made of such a field the shares are its levels'.
 */
export interface UnclaimedShares {
  readonly share: (pattern: PatternOfRule, way: number) => number;
  readonly ofRule: (rule: number) => NonNullable<RuleModel["unclaimed"]>;
}

/** What is known before a pair is seen: every record is as good as free. */
export function noCompetition(settings: LinkageSettings): UnclaimedShares {
  return new UnclaimedTally(settings).shares();
}

/** Adds up expected pairs that do not match, and those of them whose record is free. */
export class UnclaimedTally {
  readonly #settings: LinkageSettings;
  readonly #ranked: readonly number[];
  readonly #rest: Float64Array;
  readonly #free: Float64Array;

  constructor(settings: LinkageSettings) {
    this.#settings = settings;
    this.#ranked = rankedFields(settings);
    this.#rest = new Float64Array(settings.rules.length * wayCount * levelsMax);
    this.#free = new Float64Array(this.#rest.length);
  }

  /** A pair that does not match with probability `rest`, and then has a free record with probability `free / rest`. */
  add(pattern: PatternOfRule, way: number, rest: number, free: number): void {
    const at = this.#placeOf(pattern, way);
    this.#rest[at] = (this.#rest[at] as number) + rest;
    this.#free[at] = (this.#free[at] as number) + free;
  }

  /** The shares, those of a level pulled towards its rule's, these towards all rules', and these to 1, where pairs are few. */
  shares(): UnclaimedShares {
    const { rules, sources } = this.#settings;
    const all = Float64Array.from({ length: wayCount }, (_, way) =>
      this.#pulled(
        rules.flatMap((_rule, rule) => placesOf(rule, way)),
        1,
      ),
    );
    const shares = new Float64Array(this.#rest.length);
    rules.forEach((_, rule) => {
      for (let way = 0; way < wayCount; way++) {
        const places = placesOf(rule, way);
        const ofRule = this.#pulled(places, all[way] as number);
        for (const place of places) shares[place] = this.#pulled([place], ofRule);
      }
    });
    return {
      share: (pattern, way) => shares[this.#placeOf(pattern, way)] as number,
      ofRule: (rule) =>
        sources.flatMap((source, s) =>
          sources.flatMap((other, o) =>
            s === o ? [] : [{ source, other, ...this.#named(rule, wayOf(s, o), shares) }],
          ),
        ),
    };
  }

  #named(rule: number, way: number, shares: Float64Array): { field: string | null; shares: number[] } {
    const comparison = this.#settings.comparisons[this.#ranked[rule] as number];
    const count = comparison === undefined ? 1 : comparisonOf(comparison).levels.length + 1;
    const first = placeOf(rule, way, 0);
    return { field: comparison?.field ?? null, shares: [...shares.subarray(first, first + count)] };
  }

  #placeOf({ rule, levels }: PatternOfRule, way: number): number {
    return placeOf(rule, way, levels[this.#ranked[rule] as number] ?? 0);
  }

  #pulled(places: readonly number[], towards: number): number {
    const { unclaimedPairs, unclaimedShareMin } = trainingDefaults;
    const sum = (of: Float64Array): number => places.reduce((total, place) => total + (of[place] as number), 0);
    const share = (sum(this.#free) + unclaimedPairs * towards) / (sum(this.#rest) + unclaimedPairs);
    return Math.min(Math.max(share, unclaimedShareMin), 1);
  }
}

function placeOf(rule: number, way: number, level: number): number {
  return (rule * wayCount + way) * levelsMax + level;
}

function placesOf(rule: number, way: number): number[] {
  return Array.from({ length: levelsMax }, (_, level) => placeOf(rule, way, level));
}

/** For each rule the first comparison, of those its keys are made of, whose levels know how common a value is; else -1. */
function rankedFields(settings: LinkageSettings): number[] {
  return ownFields(settings).map((own) =>
    settings.comparisons.findIndex((comparison, c) => {
      const { valueKeys, keysSampled = false } = comparisonOf(comparison);
      return own[c] === true && valueKeys !== undefined && !keysSampled;
    }),
  );
}
