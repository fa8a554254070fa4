export { PairParts } from "./pair-parts.ts";
export { type FoundRows, keysOfPairs, searchedSources, topKPairsMax, topKRules } from "./top-k-pairs.ts";
export { TopKSearch } from "./top-k-search.ts";
