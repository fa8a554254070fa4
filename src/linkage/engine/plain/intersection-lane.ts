import type { EncodedComparison } from "../encoded-comparison.ts";
import { signatureWords } from "../list-table.ts";
import { tileRecords } from "../scan.ts";
import type { Lane } from "./lane.ts";

/** How many members two lists share. */
export function intersectionLane(comparison: EncodedComparison & { kind: "intersection" }): Lane {
  const starts = comparison.starts.values;
  const members = comparison.members.values;
  const signatures = comparison.signatures.values;
  const steps = Float64Array.from(comparison.atLeast);
  const tile = {
    from: new Int32Array(tileRecords),
    to: new Int32Array(tileRecords),
    signatures: new Int32Array(tileRecords * signatureWords),
  };
  const left = { from: 0, to: 0, signature: new Int32Array(signatureWords) };
  const levelOf = (count: number): number => {
    let level = 1;
    for (let t = 0; t < steps.length; t++) if (count >= (steps[t] as number)) level++;
    return level;
  };
  const nothing = levelOf(0);
  return {
    load(record, place) {
      tile.from[place] = starts[record] as number;
      tile.to[place] = starts[record + 1] as number;
      for (let w = 0; w < signatureWords; w++)
        tile.signatures[place * signatureWords + w] = signatures[record * signatureWords + w] as number;
    },
    setLeft(record) {
      left.from = starts[record] as number;
      left.to = starts[record + 1] as number;
      for (let w = 0; w < signatureWords; w++) left.signature[w] = signatures[record * signatureWords + w] as number;
    },
    compare(alive, count, levels) {
      const { from, to } = left;
      const [a, b, c, d] = left.signature as unknown as [number, number, number, number];
      for (let k = 0; k < count; k++) {
        const place = alive[k] as number;
        const otherFrom = tile.from[place] as number;
        const otherTo = tile.to[place] as number;
        const at = place * signatureWords;
        const shared =
          ((tile.signatures[at] as number) & a) |
          ((tile.signatures[at + 1] as number) & b) |
          ((tile.signatures[at + 2] as number) & c) |
          ((tile.signatures[at + 3] as number) & d);
        if (from === to || otherFrom === otherTo) levels[k] = 0;
        else if (shared === 0) levels[k] = nothing;
        else levels[k] = levelOf(commonMembers(members, from, to, otherFrom, otherTo));
      }
    },
  };
}

/** Members that two ascending lists share. */
function commonMembers(members: Int32Array, fromA: number, toA: number, fromB: number, toB: number): number {
  let a = fromA;
  let b = fromB;
  let common = 0;
  while (a < toA && b < toB) {
    const left = members[a] as number;
    const right = members[b] as number;
    if (left === right) common++;
    if (left <= right) a++;
    if (right <= left) b++;
  }
  return common;
}
