import { comparisonOfTexts } from "./comparison-of-texts.ts";
import { foldText } from "./fold.ts";

/** Text beyond this is not looked at. */
const charactersMax = 1024;

/** Compares one-word classes, such as a rating or a language; how much their agreement says is learnt. */
export const categoryComparison = comparisonOfTexts({
  levels: [
    { label: "different", m: 0.15, u: 0.7, weightMax: 0 },
    { label: "equal", m: 0.85, u: 0.3, weightMin: 0, weightMax: 6 },
  ],
  classes: true,
  read: (text) => foldText(text.slice(0, charactersMax)) || null,
  level: (a, b) => (a === b ? 2 : 1),
});
