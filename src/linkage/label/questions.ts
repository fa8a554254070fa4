import { seededRandom } from "../../base/index.ts";
import { probabilityOf } from "../classify/index.ts";
import { labelDefaults } from "../defaults.ts";
import { type CalibrationBin, type Judged, reliability } from "../evaluate/calibration.ts";
import { type EstimatedShare, estimateShare, type LabelledPlace, type StratumSizes } from "./label-estimates.ts";
import { mostInformative } from "./most-informative.ts";
import { type GroupedColumns, type PatternGroup, type PatternGroups, patternGroups } from "./pattern-groups.ts";
import { matchStrata, type PairPool, reviewStratum, stratumOf } from "./strata.ts";
import { WeightBelief } from "./weight-belief.ts";

/** A pair to ask about. */
export interface Question {
  /** Its place among the kept pairs. */
  readonly place: number;
  /** `teaches`: its answer is expected to tell most. `measures`: drawn at random, so that precision can be estimated. */
  readonly why: "teaches" | "measures";
  /** Pairs that the model cannot tell from it, itself included. */
  readonly alike: number;
  /** What is believed now, the labels so far taken in. */
  readonly probability: number;
  /** Expected information in nats over all pairs; 0 for one that measures. */
  readonly gain: number;
}

/** What labels tell of a linkage so far. */
export interface KnownSoFar {
  readonly same: number;
  readonly different: number;
  readonly unsure: number;
  /** The share of matches that are right, and of pairs for review that are the same; null before a label speaks of them. */
  readonly precision: EstimatedShare | null;
  readonly review: EstimatedShare | null;
  readonly doubted: Doubted;
}

/** Labelled pairs with probability .01 to .99 beside what the linkage said of them. */
export interface Doubted {
  readonly pairs: number;
  readonly meanProbability: number;
  readonly matchShare: number;
  readonly calibrationError: number;
}

/** Kept pairs of a linkage, with what became of each. */
export interface AskedColumns extends GroupedColumns {
  readonly pools: (place: number) => PairPool;
}

/** Chooses pairs to ask about and takes answers in. The same answers in the same order lead to the same questions. */
export class Questions {
  readonly #columns: AskedColumns;
  readonly #groups: PatternGroups;
  readonly #belief: WeightBelief;
  readonly #strata: Int8Array;
  readonly #sizes = new Map<number, Map<number, number>>();
  readonly #answers = new Map<number, boolean | null>();
  readonly #closed: Uint8Array;
  /** Pairs of each group that are not closed. */
  readonly #open: Int32Array;
  #asked = 0;

  /** @param closed 1 for pairs that are not to be asked about, such as those that people decided */
  constructor(columns: AskedColumns, comparisonCounts: readonly number[], closed: Uint8Array) {
    this.#columns = columns;
    this.#closed = closed.slice();
    this.#groups = patternGroups(columns, comparisonCounts);
    this.#belief = new WeightBelief(this.#groups.weightCount);
    this.#strata = Int8Array.from(
      columns.weight,
      (weight, place) => stratumOf(columns.pools(place), probabilityOf(weight)) ?? -1,
    );
    this.#open = Int32Array.from(
      this.#groups.groups,
      ({ places }) => places.filter((place) => closed[place] === 0).length,
    );
    this.#strata.forEach((stratum, place) => {
      const ofStratum = this.#sizes.get(stratum) ?? new Map<number, number>();
      const group = this.#groups.groupOf[place] as number;
      this.#sizes.set(stratum, ofStratum.set(group, (ofStratum.get(group) ?? 0) + 1));
    });
  }

  /** Takes in what someone said of a pair; null where they could not tell. */
  answer(place: number, isMatch: boolean | null): void {
    this.#answers.set(place, isMatch);
    this.#close(place);
    if (isMatch !== null) this.#belief.learn(this.#groupAt(place), isMatch);
  }

  /** The pair to ask about now; null when none is left. */
  next(): Question | null {
    const isMeasuring = this.#asked % labelDefaults.measureEvery === labelDefaults.measureEvery - 1;
    return (isMeasuring ? this.#measuring() : null) ?? this.#teaching() ?? this.#measuring();
  }

  /** The pairs to ask about in one go, before any answer is known. */
  take(count: number): Question[] {
    const questions: Question[] = [];
    for (let question = this.next(); question !== null && questions.length < count; question = this.next()) {
      questions.push(question);
      this.#close(question.place);
      this.#belief.learn(this.#groupAt(question.place), null);
    }
    return questions;
  }

  /** What the answers tell of the linkage. */
  known(): KnownSoFar {
    const given = [...this.#answers].filter((answer): answer is [number, boolean] => answer[1] !== null);
    const same = given.filter(([, isMatch]) => isMatch).length;
    return {
      same,
      different: given.length - same,
      unsure: this.#answers.size - given.length,
      precision: this.#estimate(given, matchStrata),
      review: this.#estimate(given, [reviewStratum]),
      doubted: doubtedOf(
        given.map(([place, match]) => ({ probability: probabilityOf(this.#columns.weight[place] as number), match })),
      ),
    };
  }

  #estimate(given: readonly (readonly [number, boolean])[], strata: readonly number[]): EstimatedShare | null {
    const sizes: StratumSizes = new Map([...this.#sizes].filter(([stratum]) => strata.includes(stratum)));
    const labels = given.map(([place, isMatch]): LabelledPlace => {
      const stratum = this.#strata[place] as number;
      return { stratum, group: this.#groups.groupOf[place] as number, isMatch };
    });
    return estimateShare(
      labels.filter(({ stratum }) => strata.includes(stratum)),
      sizes,
    );
  }

  #close(place: number): void {
    this.#asked++;
    if (this.#closed[place] === 1) return;
    this.#closed[place] = 1;
    const group = this.#groups.groupOf[place] as number;
    this.#open[group] = (this.#open[group] as number) - 1;
  }

  #teaching(): Question | null {
    const found = mostInformative(this.#groups, this.#belief, (group) => (this.#open[group] as number) > 0);
    if (found === null) return null;
    const { places } = this.#groups.groups[found.group] as PatternGroup;
    const place = this.#drawn(places.filter((one) => this.#closed[one] === 0));
    return this.#question(place, "teaches", found.gain);
  }

  /** A pair at random out of the stratum that has most pairs for each of its labels. */
  #measuring(): Question | null {
    const [labels, open] = [new Map<number, number>(), new Map<number, number>()];
    const add = (counts: Map<number, number>, stratum: number): unknown =>
      counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
    for (const [place, isMatch] of this.#answers) if (isMatch !== null) add(labels, this.#strata[place] as number);
    this.#strata.forEach((stratum, place) => {
      if (stratum >= 0 && this.#closed[place] === 0) add(open, stratum);
    });
    const need = (stratum: number): number => (open.get(stratum) ?? 0) / ((labels.get(stratum) ?? 0) + 1);
    const [most] = [...open.keys()].sort((a, b) => need(b) - need(a) || a - b);
    if (most === undefined) return null;
    const places = Int32Array.from(this.#strata.keys());
    const place = this.#drawn(places.filter((one) => this.#strata[one] === most && this.#closed[one] === 0));
    return this.#question(place, "measures", 0);
  }

  #drawn(places: Int32Array): number {
    const random = seededRandom(labelDefaults.seed).fork(String(this.#asked));
    return places[random.integer(places.length)] as number;
  }

  #question(place: number, why: Question["why"], gain: number): Question {
    const group = this.#groupAt(place);
    return { place, why, alike: group.places.length, probability: this.#belief.probability(group), gain };
  }

  #groupAt(place: number): PatternGroup {
    return this.#groups.groups[this.#groups.groupOf[place] as number] as PatternGroup;
  }
}

function doubtedOf(judged: readonly Judged[]): Doubted {
  const { calibration, calibrationError } = reliability(judged);
  const pairs = calibration.reduce((sum, bin) => sum + bin.pairs, 0);
  const mean = (of: (bin: CalibrationBin) => number): number =>
    calibration.reduce((sum, bin) => sum + bin.pairs * of(bin), 0) / Math.max(pairs, 1);
  return {
    pairs: Math.round(pairs),
    meanProbability: mean((bin) => bin.meanProbability),
    matchShare: mean((bin) => bin.matchShare),
    calibrationError,
  };
}
