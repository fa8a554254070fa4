export {
  type CompareContext,
  type Comparison,
  type Level,
  levelsMax,
  nullLevel,
  type PairComparer,
} from "./contract.ts";
export { foldText, wordsOf } from "./fold.ts";
export { nameLevels } from "./name.ts";
export { identifierKey } from "./identifier.ts";
export { type PersonName, personName } from "./person-name.ts";
export { comparisonOf } from "./registry.ts";
export { type TitleForms, titleForms } from "./title-form.ts";
export { columnsByName, prepareComparers } from "./pair-patterns.ts";
