export {
  type Comparison,
  type Level,
  levelsMax,
  nullLevel,
} from "./contract.ts";
export { foldText, wordsOf } from "./fold.ts";
export { nameLevels } from "./name.ts";
export { identifierKey } from "./identifier.ts";
export { personName } from "./person-name.ts";
export { comparisonOf } from "./registry.ts";
export { titleForms } from "./title-form.ts";
export { columnsByName, prepareComparers } from "./pair-patterns.ts";
