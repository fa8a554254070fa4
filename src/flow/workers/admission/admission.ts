import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../../base/index.ts";
import { type AdmissionView, admit, rateWindowMs } from "./admit.ts";
import type { Capacity } from "./capacity.ts";
import type { Demand } from "./demand.ts";
import { Ledger } from "./ledger.ts";

/** The right to take what was asked for, until it is given back. */
export interface Grant {
  readonly lease: number;
  readonly demand: Demand;
}

/** A grant, or what is lacking. `retryInMs` is null when only a grant of the asker's own, given back, can help. */
type Answer =
  | { readonly grant: Grant }
  | { readonly grant: null; readonly lacks: "room" | "named"; readonly retryInMs: number | null };

const firstPollMs = 10;
const lastPollMs = 200;
const deadCheckMs = 200;
/** Others that wait are looked for so often at most: each look costs 15 µs. */
const othersCheckMs = 5;

/**
 * Admits tasks by what they declare, so that all runs of a home together take no more than their host has, whichever process
 * runs them. Who asked first is served first, so two runs take turns task by task.
 */
export class Admission {
  private readonly ledger: Ledger;
  private readonly capacity: Capacity;
  private readonly clock: Clock;
  /** Given back and not yet told: the next task of the kind takes it over, which spares both a commit. */
  private readonly spare: Grant[] = [];
  private readonly waits = new Set<"room" | "named">();
  private pollMs = firstPollMs;
  private checkedMs = Number.NEGATIVE_INFINITY;
  private others = { isWaiting: false, seenMs: Number.NEGATIVE_INFINITY };
  private isClosed = false;

  constructor(path: string, capacity: Capacity, clock: Clock) {
    this.ledger = new Ledger(path, randomUUID());
    this.capacity = capacity;
    this.clock = clock;
    this.ledger.transaction(() => this.ledger.removeDead());
  }

  ask(demand: Demand): Answer {
    const spare = this.spareFor(demand);
    if (spare !== null) return { grant: spare };
    return this.tellingSpare(() => {
      const view = this.viewFor(demand);
      const verdict = admit(demand, view);
      if (verdict.lacks === null) return { grant: this.take(demand, view.nowMs) };
      this.wait(verdict.lacks, demand, view.nowMs);
      const retryInMs = "retryInMs" in verdict ? verdict.retryInMs : null;
      return { grant: null, lacks: verdict.lacks, retryInMs: retryInMs ?? this.poll() };
    });
  }

  giveBack(grant: Grant): void {
    this.spare.push(grant);
    if (this.isAnyoneElseWaiting()) this.tell();
    else if (this.spare.length === 1) setImmediate(() => this.tellLater());
  }

  /** No task waits any more: nothing is kept for this run. */
  stopWaiting(): void {
    if (this.waits.size === 0) return;
    this.ledger.transaction(() => {
      for (const lacks of this.waits) this.ledger.removeWait(lacks);
    });
    this.waits.clear();
  }

  /** Gives all back. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.ledger.close();
  }

  private spareFor(demand: Demand): Grant | null {
    const place = this.spare.findIndex((grant) => isDeepStrictEqual(grant.demand, demand));
    if (place < 0 || Object.keys(demand.named).length > 0 || this.isAnyoneElseWaiting()) return null;
    return this.spare.splice(place, 1)[0] ?? null;
  }

  private isAnyoneElseWaiting(): boolean {
    const nowMs = this.clock.nowMs();
    if (this.others.isWaiting || Math.abs(nowMs - this.others.seenMs) > othersCheckMs)
      this.others = { isWaiting: this.ledger.isAnyoneElseWaiting(), seenMs: nowMs };
    return this.others.isWaiting;
  }

  private tell(): void {
    if (this.spare.length > 0 && !this.isClosed) this.tellingSpare(() => undefined);
  }

  private tellLater(): void {
    try {
      this.tell();
    } catch {
      // What cannot be told now, as on a full disk, is told with the next question, which fails for whoever asks it.
    }
  }

  /** Spare grants are forgotten once the others can know of them, and not when that fails. */
  private tellingSpare<T>(work: () => T): T {
    const told = this.spare.length;
    const result = this.ledger.transaction(() => {
      for (const { lease } of this.spare) this.ledger.removeLease(lease);
      return work();
    });
    this.spare.splice(0, told);
    return result;
  }

  private viewFor(demand: Demand): AdmissionView {
    const nowMs = this.clock.nowMs();
    if (this.ledger.isAnyoneElseHere() && Math.abs(nowMs - this.checkedMs) > deadCheckMs) {
      this.checkedMs = nowMs;
      this.ledger.removeDead();
    }
    const sinceMs = Math.min(this.ledger.waitsSinceMs("room") ?? nowMs, this.ledger.waitsSinceMs("named") ?? nowMs);
    return {
      capacity: this.capacity,
      taken: this.ledger.leases(),
      ahead: this.ledger.waits().filter((wait) => wait.sinceMs < sinceMs),
      starts: Object.keys(demand.named).length === 0 ? [] : this.ledger.startsAfter(nowMs - rateWindowMs),
      nowMs,
    };
  }

  private take(demand: Demand, nowMs: number): Grant {
    this.endWait("room");
    this.pollMs = firstPollMs;
    if (Object.keys(demand.named).length > 0) {
      this.endWait("named");
      this.ledger.addStarts(demand.named, nowMs, nowMs - rateWindowMs);
    }
    return { lease: this.ledger.addLease(demand), demand };
  }

  /** Who lacks only what is named keeps no core from others. */
  private wait(lacks: "room" | "named", demand: Demand, nowMs: number): void {
    const kept = lacks === "room" ? demand : { cpu: 0, memoryMiB: 0, diskMiB: 0, named: demand.named };
    this.waits.add(lacks);
    this.ledger.addWait(lacks, nowMs, kept);
  }

  private endWait(lacks: "room" | "named"): void {
    if (this.waits.delete(lacks)) this.ledger.removeWait(lacks);
  }

  private poll(): number | null {
    if (!this.ledger.isAnyoneElseHere()) return null;
    const pollMs = this.pollMs;
    this.pollMs = Math.min(lastPollMs, pollMs * 2);
    return pollMs;
  }
}
