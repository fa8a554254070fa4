/**
 * Every number that decides how linkage behaves when nothing is configured, in one place, each with the data that
 * chose it. "films, even" is the even half of movielens, imdb5000 and imdb2018 (evaluate/split.ts); a number without a
 * set was set by reasoning and not tuned.
 */
export const linkageDefaults = {
  threshold: 0.5,
  /** One in ten such pairs is a match: worth a person's look. */
  reviewThreshold: 0.1,
  /** Pairs below 2^-10 are not even near misses. */
  keepWeight: -10,
  /** A block of 1,000 by 1,000 records; larger ones are split by another field. */
  blockPairsMax: 1_000_000,
  /** Editions that share an identifier are few; a placeholder has many records. */
  trustedRecordsMax: 4,
  samplePairs: 200_000,
  seed: 20_250_101,
} as const;

/** The same for evidence from related records. */
export const relationalDefaults = {
  /** How often matches of one type are handed to the other; 0 is never. */
  rounds: 2,
  /** What related records add to a pair at most. */
  weightMax: 6,
  /** Pairs that the expected shares of the levels count for. */
  expectedPairs: 40,
  /** A person with more works than this tells little of which work it is. */
  rareWorksMax: 20,
  /** Kept pairs of both types together beyond which related records are left out of account: they are looked up in memory. */
  pairsMax: 20_000_000,
} as const;

/** The same for training. */
export const trainingDefaults = {
  /** Sampled pairs that the expected shares of a level (compare/) count for in the shared m and u. */
  expectedPairs: 40,
  /** Pairs that the shared m counts for in each rule's own; large, since a match is a match whatever rule finds it. */
  sharedMatchPairs: 100,
  /** The same for u: candidates of different rules differ more. */
  sharedNonMatchPairs: 40,
  /** Pairs that a level's expected share counts for where the rule's own keys are made of the field. */
  ownPairs: 20,
  /** Share of matches a rule is presumed to have before any pair is seen, and the pairs that this counts for. */
  priorMean: 0.1,
  priorPairs: 10,
  /**
   * Pairs that do not match which the expected share of unclaimed records counts for. films, even: 2 to 20 give the same within
   * .0001 of F1, 40 lets remakes of unique titles match.
   */
  unclaimedPairs: 10,
  /** So that nothing but the lack of rivals never makes a match: at most four bits for each of two records. */
  unclaimedShareMin: 1 / 16,
  /**
   * Sampled pairs that a labelled pair counts for. films, even, 20, 100 and 500 labels by three seeds: 1 and 3 are never worse than
   * without labels, 3 is better from 100 labels of the gray zone on, 10 is worse once.
   */
  labelPairs: 3,
  iterationsMax: 200,
  /** Training ends when no prior moves by more. */
  priorTolerance: 1e-6,
} as const;

/**
 * The same for boosted trees and a line over labelled pairs (supervised/), chosen by F1 of folds set aside, of train and valid of the five sets of er-magellan
 * together.
 */
export const supervisedDefaults = {
  foldCount: 5,
  /** Rows are parted as often as makes this many rows, at most so many times. */
  repeatedRows: 12_000,
  repeatsMax: 4,
  /** On what a standardised feature adds to the line. */
  linearPenalty: 10,
  /** The line's share of the log-odds beside the trees. */
  linearShare: 0.3,
  /**
   * The same up to `fewRows` rows, of which trees learn slowly; from there it falls to `linearShare` at `manyRows`. Chosen on 700 pairs with
   * 100 matches drawn from each of the four larger sets, on fodors-zagats, and on "hard-movies, even"; decision 0011.
   */
  linearShareOfFew: 0.5,
  fewRows: 1_000,
  manyRows: 5_000,
  boost: {
    roundsMax: 600,
    patience: 40,
    learningRate: 0.05,
    leavesMax: 16,
    depthMax: 6,
    leafRowsMin: 10,
    leafHessianMin: 1,
    leafPenalty: 1,
    gainMin: 0,
    rowShare: 0.8,
    featureShare: 0.4,
    seed: 1,
  },
} as const;

/**
 * The same for `topK` rules. `k` and `scoreMin` were chosen on the train and valid pairs of er-magellan, read as two sources (recall of
 * blocking of Abt-Buy .23 without the rule and .88 with it), and on "films, even", where no F1 fell; see decision 0008.
 */
export const topKDefaults = {
  k: 3,
  q: 4,
  scoreMin: 0.2,
  /** Bounds the work of looking one record up, and leaves out words that say little. */
  postingsMax: 2_000,
} as const;

/** The same for `kindred label`; set by reasoning, not tuned. */
export const labelDefaults = {
  /** How far a trained weight is thought to be off before anyone labelled a pair: one deviation, in bits. */
  weightDeviationBits: 2,
  /** Every so many questions, one is drawn at random to measure, and not to teach. */
  measureEvery: 3,
  /** Groups of pairs that a question is weighed against: those with most pairs in doubt. */
  groupsMax: 1_000,
  seed: 20_251_126,
} as const;
