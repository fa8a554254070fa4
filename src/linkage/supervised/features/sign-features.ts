import { jaroWinkler } from "../../compare/similarity.ts";
import { type Signs, signsOf } from "./codes.ts";
import { type FeatureColumn, featuresOf, type PairedRecords } from "./paired-records.ts";

const names = [
  "codes shared",
  "codes of left in right",
  "codes of right in left",
  "longest code found",
  "codes in conflict",
  "nearest codes",
  "longest common start of codes",
  "numbers shared",
  "numbers of left alone",
  "numbers of right alone",
  "number jaccard",
  "quantities equal",
  "quantities in conflict",
];

/** What codes, numbers and quantities of two texts have in common, and where they contradict each other. */
export function signFeatures(pairs: PairedRecords, texts: readonly (string | null)[], label: string): FeatureColumn[] {
  const signs = texts.map((text) => (text === null ? null : signsOf(text)));
  return featuresOf(
    names.map((name) => `${label}: ${name}`),
    pairs,
    (left, right, out) => {
      const [a, b] = [signs[left], signs[right]];
      if (!a || !b) return;
      out.set([...codeFeatures(a, b), ...numberShares(a.numbers, b.numbers), ...quantityFeatures(a, b)]);
    },
  );
}

function codeFeatures(a: Signs, b: Signs): number[] {
  const other = new Set(b.codes);
  const shared = a.codes.filter((code) => other.has(code));
  const inRight = a.codes.filter((code) => b.squashed.includes(code));
  const inLeft = b.codes.filter((code) => a.squashed.includes(code));
  const longest = Math.max(0, ...[...inRight, ...inLeft].map((code) => code.length));
  const both = a.codes.length > 0 && b.codes.length > 0;
  const conflict = both && inRight.length === 0 && inLeft.length === 0;
  return [
    shared.length,
    a.codes.length === 0 ? Number.NaN : inRight.length / a.codes.length,
    b.codes.length === 0 ? Number.NaN : inLeft.length / b.codes.length,
    longest,
    both ? Number(conflict) : Number.NaN,
    both ? nearest(a.codes, b.codes, jaroWinkler) : Number.NaN,
    both ? nearest(a.codes, b.codes, commonStart) : Number.NaN,
  ];
}

const codesCompared = 12;

function nearest(a: readonly string[], b: readonly string[], similarity: (a: string, b: string) => number): number {
  let best = 0;
  for (const codeA of a.slice(0, codesCompared))
    for (const codeB of b.slice(0, codesCompared)) best = Math.max(best, similarity(codeA, codeB));
  return best;
}

/** How much of the shorter is the same from the start. */
function commonStart(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let same = 0;
  while (same < length && a[same] === b[same]) same++;
  return same / length;
}

function numberShares(a: readonly string[], b: readonly string[]): number[] {
  const other = new Set(b);
  const shared = a.filter((value) => other.has(value)).length;
  const all = a.length + b.length - shared;
  return [shared, a.length - shared, b.length - shared, all === 0 ? Number.NaN : shared / all];
}

function quantityFeatures(a: Signs, b: Signs): [number, number] {
  let [equal, conflict] = [0, 0];
  for (const [unit, values] of a.quantities) {
    const others = b.quantities.get(unit);
    if (others === undefined) continue;
    if (values.some((value) => others.includes(value))) equal++;
    else conflict++;
  }
  return [equal, conflict];
}
