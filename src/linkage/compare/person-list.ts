import type { Column } from "../../columns/index.ts";
import { type CompareContext, type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { type PersonName, personName } from "./person-name.ts";
import { samePersonWritten } from "./name.ts";
import { type KeyLists, keyLists } from "./prepare.ts";
import { jaroWinkler } from "./similarity.ts";

const level = { none: 1, similar: 2, someCommon: 3, someRare: 4, most: 5, mostRare: 6 } as const;

/** Members of one list that are compared; casts name the leading ones first. */
const membersMax = 64;
/** Lists up to this length are also compared member by member for spelling. */
const spelledMax = 4;
/** A shared name carries log2(records / its frequency) bits; lists that share this much are the same people for sure. */
const rareBits = 9;

/** Compares lists of people: how many they share, and how rare the shared ones are. */
export const personListComparison: Comparison = {
  levels: [
    { label: "nobody in common", m: 0.03, u: 0.85, weightMax: -0.5 },
    { label: "a similar name in both", m: 0.04, u: 0.01 },
    { label: "a few in common, who are in many records", m: 0.03, u: 0.05 },
    { label: "a few in common, who are in few records", m: 0.1, u: 0.03 },
    { label: "most in common, who are in many records", m: 0.2, u: 0.04 },
    { label: "most in common, who are in few records", m: 0.6, u: 0.02 },
  ],
  ascending: [1, 3, 4, 6],
  agreesFrom: level.similar,
  disagreesUpTo: level.none,
  valueKeys: (text) => [personName(text)?.key ?? ""].filter((key) => key !== ""),
  prepare: preparePersonLists,
};

function preparePersonLists(column: Column, context: CompareContext): PairComparer {
  const lists = keyLists(column, membersMax, (text) => [personName(text)?.key ?? ""].filter((key) => key !== ""));
  const bits = Float64Array.from(lists.texts, (key) => Math.log2(Math.max(context.recordCount, 2) / context.frequency(key)));
  const names = spelledNames(column, lists);
  return (left, right) => {
    const sizeA = (lists.offsets[left + 1] as number) - (lists.offsets[left] as number);
    const sizeB = (lists.offsets[right + 1] as number) - (lists.offsets[right] as number);
    if (sizeA === 0 || sizeB === 0) return nullLevel;
    const smaller = Math.min(sizeA, sizeB);
    const shared = sharedMembers(lists, left, right, bits);
    if (shared.count === 0) {
      return sizeA <= spelledMax && sizeB <= spelledMax && similarMember(lists, left, right, names) ? level.similar : level.none;
    }
    const rare = shared.bits >= rareBits;
    if (shared.count * 2 >= smaller) return rare ? level.mostRare : level.most;
    return rare ? level.someRare : level.someCommon;
  };
}

const found = { count: 0, bits: 0 };

function sharedMembers(lists: KeyLists, left: number, right: number, bits: Float64Array): typeof found {
  found.count = 0;
  found.bits = 0;
  let a = lists.offsets[left] as number;
  let b = lists.offsets[right] as number;
  const endA = lists.offsets[left + 1] as number;
  const endB = lists.offsets[right + 1] as number;
  while (a < endA && b < endB) {
    const keyA = lists.keys[a] as number;
    const keyB = lists.keys[b] as number;
    if (keyA === keyB) {
      found.count++;
      found.bits += bits[keyA] as number;
    }
    if (keyA <= keyB) a++;
    if (keyB <= keyA) b++;
  }
  return found;
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

function similarMember(lists: KeyLists, left: number, right: number, names: readonly (PersonName | null)[]): boolean {
  for (let i = lists.offsets[left] as number; i < (lists.offsets[left + 1] as number); i++) {
    const a = names[lists.keys[i] as number];
    for (let j = lists.offsets[right] as number; j < (lists.offsets[right + 1] as number); j++) {
      const b = names[lists.keys[j] as number];
      if (a && b && (samePersonWritten(a, b) || jaroWinkler(a.key, b.key) >= 0.94)) return true;
    }
  }
  return false;
}
