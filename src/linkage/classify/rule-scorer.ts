import { levelsStride, type RuleBounds } from "../engine/index.ts";
import type { RuleModel } from "./model.ts";
import type { ShardPairs } from "./shard-pairs.ts";
import { unrivalledMax } from "./unrivalled.ts";

/** Weighs the pairs of one rule: those comparisons that a scan carried out, then the others, until a pair is lost. */
export class RuleScorer {
  readonly bounds: RuleBounds;
  readonly #weights: readonly Float64Array[];
  readonly #priorWeight: number;
  readonly #pairs: ShardPairs;
  /** The most that the comparisons aside after this one can add. */
  readonly #asideRestMax: Float64Array;
  /** What the lack of rivals, seen when all pairs are scored, can still add. */
  readonly #unrivalledMax: number;
  readonly #weightByPattern = new Map<number, number>();
  readonly #levels: Uint8Array;

  constructor(rule: RuleModel, pairs: ShardPairs) {
    this.#pairs = pairs;
    this.#priorWeight = rule.priorWeight;
    this.#unrivalledMax = unrivalledMax(rule);
    this.#weights = rule.comparisons.map((comparison) =>
      Float64Array.from([0, ...comparison.levels.map((level) => level.weight)]),
    );
    this.#levels = new Uint8Array(this.#weights.length);
    const { encoded, aside } = pairs;
    this.#asideRestMax = restMax(aside.map(({ place }) => this.#weights[place] as Float64Array));
    const asideMax = aside.reduce((sum, { place }) => sum + Math.max(...(this.#weights[place] as Float64Array)), 0);
    const weights = new Float64Array(encoded.length * levelsStride);
    encoded.forEach(({ place }, c) => {
      weights.set(this.#weights[place] as Float64Array, c * levelsStride);
    });
    this.bounds = {
      start: rule.priorWeight + asideMax + this.#unrivalledMax,
      weights,
      restMax: restMax(encoded.map(({ place }) => this.#weights[place] as Float64Array)),
    };
  }

  /** The levels of the last pair that {@link weigh} weighed to its end, by comparison. */
  get levels(): Uint8Array {
    return this.#levels;
  }

  /**
   * The weight of a pair of which the scan found `pattern`; undefined when it is below `keepWeight` even if nothing should
   * compete with it.
   */
  weigh(left: number, right: number, pattern: number, keepWeight: number): number | undefined {
    const { aside } = this.#pairs;
    const weightMin = keepWeight - this.#unrivalledMax;
    let weight = this.#readPattern(pattern);
    if (aside.length === 0) return weight < weightMin ? undefined : weight;
    for (let a = 0; a < aside.length; a++) {
      const { place, compare } = aside[a] as (typeof aside)[number];
      const level = compare(left, right);
      this.#levels[place] = level;
      weight += (this.#weights[place] as Float64Array)[level] as number;
      // Stopping early never changes the output: nothing that is left could lift the pair over the bound.
      if (weight + (this.#asideRestMax[a] as number) < weightMin - 1e-9) return undefined;
    }
    const whole = this.#sum();
    return whole < weightMin ? undefined : whole;
  }

  /** Sets the levels that the pattern holds; gives the weight of prior and pattern. */
  #readPattern(pattern: number): number {
    const { encoded, aside } = this.#pairs;
    for (let c = 0; c < encoded.length; c++)
      this.#levels[(encoded[c] as { place: number }).place] = (pattern >>> (c * 4)) & 15;
    const known = this.#weightByPattern.get(pattern);
    if (known !== undefined) return known;
    for (const { place } of aside) this.#levels[place] = 0;
    const weight = this.#sum();
    this.#weightByPattern.set(pattern, weight);
    return weight;
  }

  /** The sum in the order of the settings, so that no way of scanning changes its last bit. */
  #sum(): number {
    let weight = this.#priorWeight;
    for (let c = 0; c < this.#levels.length; c++)
      weight += (this.#weights[c] as Float64Array)[this.#levels[c] as number] as number;
    return weight;
  }
}

function restMax(weights: readonly Float64Array[]): Float64Array {
  const rest = new Float64Array(weights.length);
  for (let c = weights.length - 2; c >= 0; c--)
    rest[c] = (rest[c + 1] as number) + Math.max(...(weights[c + 1] as Float64Array));
  return rest;
}
