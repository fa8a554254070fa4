import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Phase } from "./moment.ts";
import type { RoundEnd } from "./round.ts";

/** What names one of a fault's rounds. */
export interface RoundName {
  readonly fault: string;
  readonly phase: Phase;
  /** Which of the phase's rounds. */
  readonly index: number;
}

/** One round that was run. */
export interface LoggedRound extends RoundName, RoundEnd {
  readonly seed: number;
  /** Of the code it was run on. */
  readonly commit: string;
  readonly seconds: number;
}

/** Rounds that were run, a line each in a file: what is there is not run again, so a campaign can be interrupted at any time. */
export class RoundLog {
  readonly rounds: LoggedRound[] = [];
  private readonly path: string;

  /** Opens or begins the log of a seed. @throws when the file is the log of another */
  constructor(path: string, seed: number) {
    this.path = path;
    if (!existsSync(path)) appendFileSync(path, `${JSON.stringify({ seed })}\n`);
    const [head = "", ...lines] = readFileSync(path, "utf8").split("\n").filter(Boolean);
    if (JSON.parse(head).seed !== seed) throw new Error(`${path} has rounds of another seed: ${head}`);
    this.rounds.push(...lines.map((line) => JSON.parse(line) as LoggedRound));
  }

  /** The round's draws so far: those before the last did not come to their moment before their run had ended. */
  of({ fault, phase, index }: RoundName): LoggedRound[] {
    return this.rounds.filter((each) => each.fault === fault && each.phase === phase && each.index === index);
  }

  add(round: LoggedRound): void {
    appendFileSync(this.path, `${JSON.stringify(round)}\n`);
    this.rounds.push(round);
  }
}
