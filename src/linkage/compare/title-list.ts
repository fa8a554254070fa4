import type { Comparison } from "./contract.ts";
import { prepareSharedList, sharedListLevels } from "./shared-list.ts";
import { titleComparison } from "./title.ts";

/** Compares lists of works, such as what two persons made: how many they share, and how rare the shared titles are. */
export const titleListComparison: Comparison = {
  ...sharedListLevels({ none: "no work in common", similar: "a similar work in both", members: "which are" }),
  valueKeys: keysOfTitle,
  prepare: (column, context) => prepareSharedList(column, context, keysOfTitle, () => false),
};

function keysOfTitle(text: string): string[] {
  return titleComparison.valueKeys?.(text) ?? [];
}
