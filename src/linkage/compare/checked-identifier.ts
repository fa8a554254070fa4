import { type Column, nullId } from "../../columns/index.ts";
import { type IdentifierScheme, identifierSchemes } from "../../records/index.ts";
import { type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { editDistance } from "./similarity.ts";

/** Identifiers of one record that are looked at: editions of a book, ids of a re-release. */
const membersMax = 16;
/** Signs beyond this are not looked at where an identifier is not well formed. */
const signsMax = 64;

const level = { different: 1, differentDoubtful: 2, near: 3, equalDoubtful: 4, equal: 5 } as const;

/** Compares ISBNs, ISBN-10 and ISBN-13 of one book being equal. */
export const isbnComparison = checkedIdentifier("isbn");
/** Compares ISSNs of journals. */
export const issnComparison = checkedIdentifier("issn");
/** Compares the numbers of bar codes: EAN, UPC and the other GTINs. */
export const gtinComparison = checkedIdentifier("gtin");
/** Compares EIDRs of films, series and their edits. */
export const eidrComparison = checkedIdentifier("eidr");
/** Compares ORCIDs and ISNIs of people. */
export const orcidComparison = checkedIdentifier("orcid");
/** Compares IMDb's ids of titles and people. */
export const imdbComparison = checkedIdentifier("imdb");

interface ReadIdentifier {
  /** As its scheme writes it; where it is not well formed, its letters and digits. */
  readonly key: string;
  readonly wellFormed: boolean;
}

/**
 * Compares identifiers of a scheme however they are written. One that is not well formed, such as an ISBN whose check
 * digit is wrong, was mistyped: that it differs says little, and if a sign or two would make it the other one it is likely meant.
 */
export function checkedIdentifier(name: IdentifierScheme["name"]): Comparison {
  const scheme = identifierSchemes[name];
  const wrong = scheme.checked ? "of which one fails its check" : "of which one is not well formed";
  return {
    levels: [
      { label: `different ${scheme.label}s`, m: 0.02, u: 0.98, weightMax: 0 },
      { label: `different ${scheme.label}s, ${wrong}`, m: 0.02, u: 0.02, weightMin: -0.5, weightMax: 0 },
      { label: `nearly the same ${scheme.label}, ${wrong}`, m: 0.01, u: 0.0003, weightMin: 0, weightMax: 6 },
      {
        label: `the same ${scheme.label}, which ${scheme.checked ? "fails its check" : "is not well formed"}`,
        m: 0.01,
        u: 0.0002,
        weightMin: 0,
        weightMax: 8,
      },
      { label: `same ${scheme.label}`, m: 0.94, u: 0.0005, weightMin: 0 },
    ],
    ascending: [1, 2, 3, 4, 5],
    agreesFrom: level.equalDoubtful,
    disagreesUpTo: level.different,
    valueKeys: (text) => [readIdentifier(scheme, text)?.key ?? ""].filter((key) => key !== ""),
    prepare: (column) => prepareIdentifiers(column, scheme),
  };
}

function readIdentifier(scheme: IdentifierScheme, text: string): ReadIdentifier | null {
  const canonical = scheme.canonical(text);
  if (canonical !== null) return { key: canonical, wellFormed: true };
  const signs = text
    .slice(0, signsMax)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
  return signs === "" ? null : { key: signs, wellFormed: false };
}

function prepareIdentifiers(column: Column, scheme: IdentifierScheme): PairComparer {
  if (column.kind === "number") throw new TypeError(`column ${column.name} holds numbers, not texts`);
  const read = new Map<number, ReadIdentifier | null>();
  const readOnce = (id: number): ReadIdentifier | null => {
    const known = read.get(id);
    if (known !== undefined) return known;
    const made = readIdentifier(scheme, column.dictionary.get(id));
    read.set(id, made);
    return made;
  };
  const idsOf =
    column.kind === "text"
      ? (row: number) => column.ids.subarray(row, row + 1)
      : (row: number) => column.values.subarray(column.offsets[row], column.offsets[row + 1]).subarray(0, membersMax);
  return (left, right) => {
    let best: number = nullLevel;
    for (const idA of idsOf(left)) {
      const a = idA === nullId ? null : readOnce(idA);
      if (a === null) continue;
      for (const idB of idsOf(right)) {
        const b = idB === nullId ? null : readOnce(idB);
        if (b !== null) best = Math.max(best, levelOf(a, b));
      }
    }
    return best;
  };
}

function levelOf(a: ReadIdentifier, b: ReadIdentifier): number {
  const wellFormed = a.wellFormed && b.wellFormed;
  if (a.key === b.key) return wellFormed ? level.equal : level.equalDoubtful;
  if (wellFormed) return level.different;
  return mistyped(signsOf(a), signsOf(b)) ? level.near : level.differentDoubtful;
}

function signsOf({ key }: ReadIdentifier): string {
  return key.replace(/[^\p{L}\p{N}]+/gu, "").toUpperCase();
}

/** One sign wrong, missing or too many, or two that stand next to each other swapped. */
function mistyped(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 6) return false;
  if (editDistance(a, b, 1) <= 1) return true;
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((sign, i) => sign !== b[i]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
