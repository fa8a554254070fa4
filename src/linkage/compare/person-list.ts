import type { Column } from "../../columns/index.ts";
import type { Comparison } from "./contract.ts";
import { type PersonName, personName } from "./person-name.ts";
import { samePersonWritten } from "./name.ts";
import type { KeyLists } from "./prepare.ts";
import { prepareSharedList, sharedListLevels } from "./shared-list.ts";
import { jaroWinkler } from "./similarity.ts";

/** Lists up to this length are also compared member by member for spelling. */
const spelledMax = 4;

/** Compares lists of people: how many they share, and how rare the shared ones are. */
export const personListComparison: Comparison = {
  ...sharedListLevels({ none: "nobody in common", similar: "a similar name in both", members: "who are" }),
  valueKeys: keysOfPerson,
  prepare: (column, context) =>
    prepareSharedList(column, context, keysOfPerson, (lists) => similarMember(lists, spelledNames(column, lists))),
};

function keysOfPerson(text: string): string[] {
  return [personName(text)?.key ?? ""].filter((key) => key !== "");
}

/** One writing of each key, to compare by spelling what is not equal. */
function spelledNames(column: Column, lists: KeyLists): (PersonName | null)[] {
  if (column.kind === "number") return [];
  const byKey = new Map<string, PersonName>();
  for (let id = 0; id < column.dictionary.size; id++) {
    const name = personName(column.dictionary.get(id));
    if (name !== null && !byKey.has(name.key)) byKey.set(name.key, name);
  }
  return lists.texts.map((key) => byKey.get(key) ?? null);
}

/** Says whether two short lists hold nearly the same name. */
function similarMember(
  lists: KeyLists,
  names: readonly (PersonName | null)[],
): (left: number, right: number) => boolean {
  const sizeOf = (row: number): number => (lists.offsets[row + 1] as number) - (lists.offsets[row] as number);
  return (left, right) =>
    sizeOf(left) <= spelledMax && sizeOf(right) <= spelledMax && hasSimilar(lists, names, left, right);
}

function hasSimilar(lists: KeyLists, names: readonly (PersonName | null)[], left: number, right: number): boolean {
  for (let i = lists.offsets[left] as number; i < (lists.offsets[left + 1] as number); i++) {
    const a = names[lists.keys[i] as number];
    for (let j = lists.offsets[right] as number; j < (lists.offsets[right + 1] as number); j++) {
      const b = names[lists.keys[j] as number];
      if (a && b && (samePersonWritten(a, b) || jaroWinkler(a.key, b.key) >= 0.94)) return true;
    }
  }
  return false;
}
