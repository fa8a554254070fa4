import type { RoundLog, RoundName } from "./round-log.ts";
import { total } from "./table.ts";

const toldEveryMs = 15_000;

/** Tells of rounds as they end: each that lost or doubled something at once, and now and then how long the rest may take. */
export class Progress {
  private readonly log: RoundLog;
  private readonly all: number;
  private readonly say: (line: string) => void;
  private readonly beganMs = performance.now();
  private readonly before: number;
  private over: number;
  private toldMs = 0;

  /** Of `all` rounds some are `over` already. */
  constructor(log: RoundLog, all: number, over: number, say: (line: string) => void) {
    this.log = log;
    this.all = all;
    this.before = over;
    this.over = over;
    this.say = say;
  }

  readonly note = (round: RoundName): void => {
    this.over += 1;
    for (const { seed, problems } of this.log.of(round)) {
      if (problems.length > 0) this.say(`${round.fault}, ${round.phase}, seed ${seed}: ${problems.join("; ")}`);
    }
    const nowMs = performance.now();
    if (nowMs - this.toldMs < toldEveryMs && this.over < this.all) return;
    this.toldMs = nowMs;
    const minutes = ((nowMs - this.beganMs) / (this.over - this.before) / 60_000) * (this.all - this.over);
    const lost = total(this.log.rounds.map((each) => each.lost));
    const doubled = total(this.log.rounds.map((each) => each.doubled));
    this.say(
      `${this.over} of ${this.all} rounds, now ${round.fault}: ${lost} lost, ${doubled} doubled; ${minutes.toFixed(0)} min left`,
    );
  };
}
