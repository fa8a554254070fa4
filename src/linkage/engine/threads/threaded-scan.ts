import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { KindredError } from "../../../base/index.ts";
import type { Arena } from "../arena.ts";
import type { ChunkReader, Scanner, ScanPlan } from "../scan.ts";
import { type PlacedPlan, placePlan, wasmScan } from "../wasm/wasm-scan.ts";
import { Claims } from "./claims.ts";
import type { ScanOrder, ScanReport } from "./scan-order.ts";
import { scanUnits } from "./scan-units.ts";
import { scanThreads } from "./thread-pool.ts";
import { openUnitScan, type PlanAddress, type UnitPairs } from "./unit-scan.ts";

/** About the pairs of a unit: so many that claiming one costs nothing, so few that threads end together. */
const unitPairsDefault = 250_000;

/** A thread that says nothing for so long is taken for dead. */
const silenceMaxMs = 600_000;

/**
 * Scans with so many threads over one arena, this one among them: nothing of it is copied, each thread has a kernel and
 * scratch memory of its own and claims blocks as it gets on. Pairs are read in the order of their blocks, so the result is the
 * same for any number of threads. Blocks this thread, as a scan does, and so needs no event loop.
 */
export function threadedScan(threadCount: number, unitPairs = unitPairsDefault): Scanner {
  if (threadCount <= 1) return wasmScan;
  return (arena, plan, read) => {
    const units = scanUnits(plan.space, unitPairs);
    if (units.length <= 2) return wasmScan(arena, plan, read);
    return scanTogether(arena, plan, units, Math.min(threadCount, units.length - 1), read);
  };
}

function scanTogether(
  arena: Arena,
  plan: ScanPlan,
  units: Int32Array,
  threadCount: number,
  read: ChunkReader,
): Float64Array {
  // All plans are placed before any thread begins: the arena does not grow while they work.
  const plans = Array.from({ length: threadCount }, () => placePlan(arena, plan));
  const [own, ...others] = plans as [PlacedPlan, ...PlacedPlan[]];
  const scan = openUnitScan(arena.memory, addressOf(own));
  if (scan === undefined) return wasmScan(arena, plan, read);
  const claims = new Claims();
  const threads = scanThreads(others.length);
  const ports = others.map((placed, i) => {
    const { port1, port2 } = new MessageChannel();
    const order: ScanOrder = {
      memory: arena.memory,
      address: addressOf(placed),
      units,
      claims: claims.shared,
      port: port2,
    };
    threads[i]?.postMessage(order, [port2]);
    return port1;
  });
  try {
    const inOrder = new InOrder(ports, claims, read);
    for (let unit = claims.claim(); unit + 1 < units.length; unit = claims.claim()) {
      inOrder.add(unit, scan(units[unit] as number, units[unit + 1] as number));
      inOrder.receive();
    }
    inOrder.finish(units.length - 1);
  } finally {
    for (const port of ports) port.close();
  }
  return plans.reduce(
    (sum, { pairsByRule }) => sum.map((pairs, r) => pairs + (pairsByRule.values[r] as number)),
    new Float64Array(plan.rules.length),
  );
}

function addressOf({ struct, chunkAt }: PlacedPlan): PlanAddress {
  return { plan: struct.at, ...chunkAt };
}

/** Hands on what all threads found, unit by unit. */
class InOrder {
  readonly #ports: readonly MessagePort[];
  readonly #claims: Claims;
  readonly #read: ChunkReader;
  readonly #waiting = new Map<number, readonly UnitPairs[]>();
  #next = 0;

  constructor(ports: readonly MessagePort[], claims: Claims, read: ChunkReader) {
    this.#ports = ports;
    this.#claims = claims;
    this.#read = read;
  }

  add(unit: number, pairs: readonly UnitPairs[]): void {
    this.#waiting.set(unit, pairs);
  }

  /** Takes what was reported, and reads what is next. */
  receive(): void {
    for (const port of this.#ports) {
      for (let message = receiveMessageOnPort(port); message; message = receiveMessageOnPort(port)) {
        const report = message.message as ScanReport;
        if ("failure" in report) throw new KindredError("internal", { seen: `a thread gave up: ${report.failure}` });
        this.add(report.unit, report.pairs);
      }
    }
    for (let pairs = this.#waiting.get(this.#next); pairs; pairs = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      for (const chunk of pairs) this.#read(chunk, chunk.count);
      this.#claims.readUpTo(this.#next);
    }
  }

  /** Waits for the units that others have. */
  finish(unitCount: number): void {
    for (;;) {
      const { told } = this.#claims;
      this.receive();
      if (this.#next === unitCount) return;
      if (!this.#claims.awaitTold(told, silenceMaxMs))
        throw new KindredError("internal", { seen: `no word of unit ${this.#next} for ${silenceMaxMs} ms` });
    }
  }
}
