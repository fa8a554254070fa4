import { labelDefaults } from "../defaults.ts";
import type { PatternGroup } from "./pattern-groups.ts";

/**
 * What is believed of how far the model's weights are off: a Gaussian over them, which labels narrow. Each label is taken in by
 * Laplace's approximation around the most likely weights, so the same labels in the same order give the same belief.
 * D. J. C. MacKay, "The Evidence Framework Applied to Classification Networks", 1992.
 */
export class WeightBelief {
  readonly #size: number;
  readonly #mean: Float64Array;
  /** Row by row. */
  readonly #covariance: Float64Array;

  constructor(weightCount: number) {
    this.#size = weightCount;
    this.#mean = new Float64Array(weightCount);
    this.#covariance = new Float64Array(weightCount * weightCount);
    const deviation = labelDefaults.weightDeviationBits * Math.LN2;
    for (let i = 0; i < weightCount; i++) this.#covariance[i * weightCount + i] = deviation * deviation;
  }

  /** The probability that pairs of a group match, by the model and all labels so far. */
  probability(group: PatternGroup): number {
    return logistic(group.logit + this.#sum(this.#mean, group.weights));
  }

  /** How the weight of a group moves with each weight of the model; see {@link covariance}. */
  direction(group: PatternGroup): Float64Array {
    const direction = new Float64Array(this.#size);
    for (const weight of group.weights)
      for (let i = 0; i < this.#size; i++)
        direction[i] = (direction[i] as number) + (this.#covariance[weight * this.#size + i] as number);
    return direction;
  }

  /** The covariance of a group's weight with that of the group whose {@link direction} is given. */
  covariance(direction: Float64Array, group: PatternGroup): number {
    return this.#sum(direction, group.weights);
  }

  /** Takes in that a pair of a group matches or not; without an answer only how much an answer would narrow the belief. */
  learn(group: PatternGroup, isMatch: boolean | null): void {
    const logit = group.logit + this.#sum(this.#mean, group.weights);
    const direction = this.direction(group);
    const variance = this.covariance(direction, group);
    const moved = isMatch === null ? 0 : mostLikelyMove(logit, variance, isMatch);
    for (let i = 0; i < this.#size; i++)
      this.#mean[i] = (this.#mean[i] as number) + ((direction[i] as number) * moved) / variance;
    const probability = logistic(logit + moved);
    const information = probability * (1 - probability);
    const scale = information / (1 + information * variance);
    for (let i = 0; i < this.#size; i++) {
      const row = (direction[i] as number) * scale;
      if (row === 0) continue;
      for (let j = 0; j < this.#size; j++)
        this.#covariance[i * this.#size + j] =
          (this.#covariance[i * this.#size + j] as number) - row * (direction[j] as number);
    }
  }

  #sum(values: Float64Array, places: Int32Array): number {
    let sum = 0;
    for (const place of places) sum += values[place] as number;
    return sum;
  }
}

function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Halvings of an interval that leave nothing of it at the precision of a number. */
const halvings = 60;

/**
 * How far an answer moves the logit of its own group: where the pull of the answer and that of the belief before it are
 * equal. A surprise moves far, but never past where it would be none.
 */
function mostLikelyMove(logit: number, variance: number, isMatch: boolean): number {
  let [low, high] = isMatch ? [0, variance] : [-variance, 0];
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (middle < variance * (Number(isMatch) - logistic(logit + middle))) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
