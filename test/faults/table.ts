import { type Phase, phases } from "./moment.ts";
import type { LoggedRound } from "./round-log.ts";

/** What a fault came to over all its rounds. */
export interface FaultSum {
  readonly fault: string;
  /** Rounds whose fault came before their run had ended. */
  readonly times: ReadonlyMap<Phase, number>;
  readonly lost: number;
  readonly doubled: number;
}

/** Sums up the rounds of one fault. */
export function sumOf(fault: string, rounds: readonly LoggedRound[]): FaultSum {
  const own = rounds.filter((round) => round.fault === fault);
  const count = (phase: Phase): number => own.filter((round) => round.phase === phase && round.injected).length;
  return {
    fault,
    times: new Map(phases.map((phase) => [phase, count(phase)])),
    lost: total(own.map(({ lost }) => lost)),
    doubled: total(own.map(({ doubled }) => doubled)),
  };
}

/** The sums as a table of Markdown. */
export function tableOf(sums: readonly FaultSum[]): string {
  const columns = ["fault", ...phases, "times", "lost", "doubled"];
  const rows = sums.map(({ fault, times, lost, doubled }) => [
    fault,
    ...[...times.values(), total([...times.values()]), lost, doubled].map(String),
  ]);
  return [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** The sum of numbers. */
export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
