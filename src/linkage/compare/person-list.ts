import type { TextColumn, TextListColumn } from "../../columns/index.ts";
import type { Comparison } from "./contract.ts";
import { nameLevels, samePersonWritten, transliterationLevel } from "./name.ts";
import { type PersonName, personName } from "./person-name.ts";
import { prepareSharedList, sharedListLevels } from "./shared-list.ts";
import { jaroWinkler } from "./similarity.ts";

/** Lists up to this length are also compared member by member for spelling. */
const spelledMax = 4;

/** Compares lists of people: how many they share, and how rare the shared ones are. */
export const personListComparison: Comparison = {
  ...sharedListLevels({ none: "nobody in common", similar: "a similar name in both", members: "who are" }),
  valueKeys: keysOfPerson,
  prepare(column, context) {
    if (column.kind === "number") throw new TypeError(`column ${column.name} holds numbers, not texts`);
    return prepareSharedList(column, context, keysOfPerson, similarMember(column));
  },
};

function keysOfPerson(text: string): string[] {
  return [personName(text)?.key ?? ""].filter((key) => key !== "");
}

/**
 * Says whether two rows with short lists hold nearly the same name. Names are read as they are written: their keys are
 * sorted words, which no longer tell the last name.
 */
function similarMember(column: TextColumn | TextListColumn): (left: number, right: number) => boolean {
  const names = new Map<number, PersonName | null>();
  const nameOf = (id: number): PersonName | null => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const name = personName(column.dictionary.get(id));
    names.set(id, name);
    return name;
  };
  return (left, right) => {
    const a = membersOf(column, left);
    const b = membersOf(column, right);
    if (a.length > spelledMax || b.length > spelledMax) return false;
    return a.some((idA) => b.some((idB) => nearlySame(nameOf(idA), nameOf(idB))));
  };
}

/** The dictionary ids of a row's texts. */
function membersOf(column: TextColumn | TextListColumn, row: number): Int32Array {
  if (column.kind === "text") return column.ids.subarray(row, row + 1);
  return column.values.subarray(column.offsets[row], column.offsets[row + 1]);
}

function nearlySame(a: PersonName | null, b: PersonName | null): boolean {
  if (a === null || b === null) return false;
  if (samePersonWritten(a, b) || jaroWinkler(a.key, b.key) >= 0.94) return true;
  return transliterationLevel(a, b) === nameLevels.close;
}
