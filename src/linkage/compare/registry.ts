import type { ComparisonKind } from "../settings.ts";
import { categoryComparison } from "./category.ts";
import type { Comparison } from "./contract.ts";
import { dateComparison } from "./date.ts";
import { identifierComparison } from "./identifier.ts";
import { nameComparison } from "./name.ts";
import { numberComparison } from "./number.ts";
import { personListComparison } from "./person-list.ts";
import { setComparison } from "./set.ts";
import { textComparison } from "./text.ts";
import { titleComparison } from "./title.ts";
import { titleListComparison } from "./title-list.ts";
import { yearComparison } from "./year.ts";

const comparisons: Readonly<Record<ComparisonKind, Comparison>> = {
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
};

/** The comparison of that kind. */
export function comparisonOf(kind: ComparisonKind): Comparison {
  return comparisons[kind];
}
