import { type ErrorCode, KindredError } from "../../base/index.ts";
import type { Reject } from "./raw-batch.ts";

const rejectTextMax = 2000;

/** What is wrong with one row: thrown by row parsers, turned into a reject or an error with its place. */
export class BadRow extends Error {
  readonly seen: string;
  readonly expected: string;

  constructor(seen: string, expected: string) {
    super(`${seen}; expected ${expected}`);
    this.seen = seen;
    this.expected = expected;
  }
}

/** A bad row with its place. */
export interface BadRowReport {
  readonly file: string;
  /** The row's number within its file, from 1. */
  readonly row: number;
  /** The line of the file where the row begins, from 1, where the format has lines. */
  readonly line?: number;
  readonly text: string;
  readonly problem: BadRow;
  readonly code?: ErrorCode;
}

/** Sets bad rows aside up to a limit. */
export interface Rejects {
  readonly count: number;
  /** Takes a bad row; throws it as an error when more rows are bad than were allowed. */
  take(report: BadRowReport): void;
}

/** Allows `skipBad` bad rows, each given to `onReject`; the next one is an error that says how to go on. */
export function allowRejects(skipBad: number, onReject: (reject: Reject) => void = () => {}): Rejects {
  let count = 0;
  return {
    get count() {
      return count;
    },
    take(report) {
      count++;
      if (count > skipBad) throw rejectError(report, skipBad);
      const { file, row, problem } = report;
      onReject({ file, row, reason: problem.message, text: report.text.slice(0, rejectTextMax) });
    },
  };
}

function rejectError(report: BadRowReport, skipBad: number): KindredError {
  const another = report.code === "source-duplicate-id" ? ", name another id column with --id" : "";
  const line = report.line === undefined ? "" : ` (line ${report.line})`;
  return new KindredError(report.code ?? "source-malformed", {
    seen: `${report.problem.seen}${line}`,
    expected: report.problem.expected,
    hint:
      skipBad === 0
        ? `Mend the row${another}, or set bad rows aside with --skip-bad N`
        : `--skip-bad ${skipBad} is used up; mend the file or raise the number`,
    where: { file: report.file, row: report.row },
  });
}
