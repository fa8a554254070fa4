import type { ComparisonKind, ComparisonSettings } from "../settings.ts";
import { categoryComparison } from "./category.ts";
import type { Comparison } from "./contract.ts";
import { dateComparison } from "./date.ts";
import { differenceComparison } from "./difference.ts";
import { exactComparison } from "./exact.ts";
import { identifierComparison } from "./identifier.ts";
import { intersectionComparison } from "./intersection.ts";
import { jaroWinklerComparison } from "./jaro-winkler.ts";
import { nameComparison } from "./name.ts";
import { numberComparison } from "./number.ts";
import { personListComparison } from "./person-list.ts";
import { setComparison } from "./set.ts";
import { textComparison } from "./text.ts";
import { titleComparison } from "./title.ts";
import { titleListComparison } from "./title-list.ts";
import { yearComparison } from "./year.ts";

/** A comparison, or how one is made from its settings. */
type Entry = Comparison | ((settings: ComparisonSettings) => Comparison);

const entries: Readonly<Record<ComparisonKind, Entry>> = {
  title: titleComparison,
  titleList: titleListComparison,
  name: nameComparison,
  personList: personListComparison,
  year: yearComparison,
  date: dateComparison,
  number: numberComparison,
  category: categoryComparison,
  set: setComparison,
  text: textComparison,
  identifier: identifierComparison,
  exact: exactComparison,
  jaroWinkler: jaroWinklerComparison,
  difference: differenceComparison,
  intersection: intersectionComparison,
};

const made = new WeakMap<ComparisonSettings, Comparison>();

/** The comparison that these settings describe. */
export function comparisonOf(settings: ComparisonSettings): Comparison {
  const entry = entries[settings.kind];
  if (typeof entry !== "function") return entry;
  const known = made.get(settings) ?? entry(settings);
  made.set(settings, known);
  return known;
}
