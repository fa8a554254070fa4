// The places of wasm/linkage/layout.ts, which says what each is; a test keeps the two files equal.

/** Places in the plan of a scan. */
export const planPlace = {
  source: 0,
  level: 4,
  keyStarts: 8,
  keys: 12,
  blockStarts: 16,
  blockKeys: 20,
  blockRules: 24,
  members: 28,
  blockEnd: 32,
  dedupe: 36,
  hasLevels: 40,
  marked: 44,
  comparisonCount: 48,
  comparisons: 52,
  rules: 56,
  pairsByRule: 60,
  keepWeight: 64,
  chunkLeft: 72,
  chunkRight: 76,
  chunkPattern: 80,
  chunkRule: 84,
  chunkPairs: 88,
  tileRecords: 92,
  records: 96,
  alive: 104,
  patterns: 108,
  block: 112,
  tileFrom: 116,
  leftAt: 120,
  firstRight: 124,
  lefts: 128,
  earlier: 132,
  markedPlaces: 136,
  markedCount: 140,
} as const;

/** Bytes of a plan. */
export const planBytes = 144;

/** Places of a rule's numbers, in eight bytes each. */
export const rulePlace = { start: 0, rest: 1, mayDrop: 9, weights: 17, lost: 17 + 4 * 256 } as const;
/** Numbers of a rule. */
export const ruleNumbers = 17 + 4 * 256 + 546;

/** Places in a comparison. */
export const comparisonPlace = {
  kind: 0,
  values: 4,
  table: 8,
  detail: 12,
  steps: 16,
  stepCount: 20,
  tile: 24,
  tileIds: 28,
  leftEntry: 32,
  leftId: 36,
  patternId: 40,
  patternAt: 44,
  places: 48,
  needed: 52,
  scratch: 56,
  commonMin: 60,
  uniform: 64,
} as const;

/** Bytes of a comparison. */
export const comparisonBytes = 72;

/** Numbers of the kinds of comparisons. */
export const kindNumber = { exact: 0, difference: 1, intersection: 2, jaroWinkler: 3 } as const;

/** Bytes of a list in a tile. */
export const listBytes = 64;

/** Places in a numbering of texts. */
export const textsPlace = {
  textsBytes: 0,
  textsOffsets: 4,
  textsCount: 8,
  textsNumbers: 12,
  textsLower: 16,
  textsLowerEnd: 20,
  textsNext: 24,
  textsToBytes: 28,
  textsToOffsets: 32,
  textsSize: 36,
  textsSlots: 40,
  textsSlotMask: 44,
  textsFar: 48,
} as const;

/** Bytes of a numbering of texts. */
export const textsPlanBytes = 52;

/** Words of the digits by which keys are sorted. */
export const digitWords = 5 * 2 ** 11;
