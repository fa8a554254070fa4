import { type KernelMemory, openKernel } from "../../../base/index.ts";
import type { PairChunk } from "../scan.ts";
import { planPlace as at } from "../wasm/layout.ts";

/** Pairs of a chunk; a unit that gives more has several. */
export interface UnitPairs extends PairChunk {
  readonly count: number;
}

/** A placed plan with scratch memory of its own, as any thread finds it in the shared memory: bytes from its start. */
export interface PlanAddress {
  readonly plan: number;
  readonly left: number;
  readonly right: number;
  readonly pattern: number;
  readonly rule: number;
}

/** Scans the blocks from `from` up to, not including, `to`; the pairs are copies. */
export type UnitScan = (from: number, to: number) => UnitPairs[];

/** Opens the kernel over memory that other threads scan in too; undefined where it was not built. */
export function openUnitScan(memory: KernelMemory, address: PlanAddress): UnitScan | undefined {
  const kernel = openKernel<"scan">("linkage", memory);
  if (kernel === undefined) return undefined;
  const { buffer } = memory;
  const words = new Int32Array(buffer);
  const set = (place: number, value: number): void => {
    words[(address.plan + place) >> 2] = value;
  };
  const numbers = (from: number, count: number): Int32Array => new Int32Array(buffer, from, count).slice();
  return (from, to) => {
    set(at.block, from);
    set(at.blockEnd, to);
    set(at.tileFrom, -1);
    const found: UnitPairs[] = [];
    while ((words[(address.plan + at.block) >> 2] as number) < to) {
      const count = kernel.scan(address.plan);
      if (count === 0) continue;
      found.push({
        count,
        left: numbers(address.left, count),
        right: numbers(address.right, count),
        pattern: numbers(address.pattern, count),
        rule: new Uint8Array(buffer, address.rule, count).slice(),
      });
    }
    return found;
  };
}
