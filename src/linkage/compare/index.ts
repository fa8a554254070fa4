export { comparisonOfTexts, type TextComparison } from "./comparison-of-texts.ts";
export {
  type CompareContext,
  type Comparison,
  type KernelSpec,
  type Level,
  levelsMax,
  nullLevel,
  type PairComparer,
} from "./contract.ts";
export { EmbeddedTexts, type Embedder } from "./embeddings/embedder.ts";
export { foldText, wordsOf } from "./fold.ts";
export { identifierKey } from "./identifier.ts";
export { lowerLetters, lowerTable, lowerUtf8 } from "./letters.ts";
export { nameLevels } from "./name.ts";
export { numbersOf } from "./numbers-of.ts";
export { columnsByName, prepareComparers } from "./pair-patterns.ts";
export { personName } from "./person-name.ts";
export {
  type ComparisonMaker,
  comparisonKinds,
  comparisonOf,
  defineComparison,
  isBuiltInComparison,
} from "./registry.ts";
export { titleForms } from "./title-form.ts";
export { roughSpelling } from "./transliteration.ts";
