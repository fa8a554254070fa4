import type { Comparison } from "./contract.ts";
import { type PersonName, personName } from "./person-name.ts";
import { samePersonWritten } from "./name.ts";
import type { KeyList, KeyLists } from "./key-lists.ts";
import { prepareSharedList, sharedListLevels } from "./shared-list.ts";
import { jaroWinkler } from "./similarity.ts";

/** Lists up to this length are also compared member by member for spelling. */
const spelledMax = 4;

/** Compares lists of people: how many they share, and how rare the shared ones are. */
export const personListComparison: Comparison = {
  ...sharedListLevels({ none: "nobody in common", similar: "a similar name in both", members: "who are" }),
  valueKeys: keysOfPerson,
  prepare: (column, context) => prepareSharedList(column, context, keysOfPerson, similarMember),
};

function keysOfPerson(text: string): string[] {
  return [personName(text)?.key ?? ""].filter((key) => key !== "");
}

/** Says whether two short lists hold nearly the same name. */
function similarMember(lists: KeyLists): (left: KeyList, right: KeyList) => boolean {
  const names: (PersonName | null)[] = [];
  const nameOf = (key: number): PersonName | null => (names[key] ??= personName(lists.textOf(key)));
  return (left, right) => {
    if (left.keys.length > spelledMax || right.keys.length > spelledMax) return false;
    for (const keyA of left.keys) {
      for (const keyB of right.keys) if (nearlySame(nameOf(keyA), nameOf(keyB))) return true;
    }
    return false;
  };
}

function nearlySame(a: PersonName | null, b: PersonName | null): boolean {
  return a !== null && b !== null && (samePersonWritten(a, b) || jaroWinkler(a.key, b.key) >= 0.94);
}
