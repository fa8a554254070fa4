import { type Mask, thrownMessage, thrownStack } from "./thrown.ts";

/**
 * The closed set of things that can go wrong, and the exit code each leads to.
 * Callers test the code, never the message.
 */
export const exitCodeByErrorCode = {
  "source-missing": 2,
  "source-empty": 2,
  "source-encoding": 2,
  "source-malformed": 2,
  "source-duplicate-id": 2,
  "column-missing": 2,
  "config-invalid": 2,
  "argument-invalid": 2,
  "output-refused": 2,
  "not-found": 2,
  "limit-exceeded": 2,
  "disk-full": 2,
  "model-missing": 2,
  "run-locked": 3,
  refused: 3,
  "budget-spent": 4,
  "run-failed": 4,
  fatal: 4,
  interrupted: 130,
  "artifact-damaged": 1,
  internal: 1,
} as const;

/** One of the closed set of error codes. */
export type ErrorCode = keyof typeof exitCodeByErrorCode;

/** Where an error was seen: as much as is known. Rows and lines count from 1, as an editor shows them. */
export interface ErrorPlace {
  readonly file?: string;
  readonly row?: number;
  readonly column?: string;
  readonly run?: string;
  readonly step?: string;
  readonly task?: string;
}

/** What a {@link KindredError} is made of. */
export interface ErrorParts {
  /** What was seen. */
  readonly seen: string;
  /** What was expected instead. */
  readonly expected?: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly where?: ErrorPlace;
  readonly cause?: unknown;
}

const marker = Symbol.for("kindred.error");

/**
 * The one error family of Kindred. Its message says where, what was seen, what was expected and what to do,
 * in that order. Survives structured transport between processes through {@link errorToJson}.
 */
export class KindredError extends Error {
  readonly code: ErrorCode;
  readonly parts: ErrorParts;
  /** Marks the family across two copies of the package, where `instanceof` would fail. */
  readonly [marker] = true;

  constructor(code: ErrorCode, parts: ErrorParts) {
    super(errorMessage(parts), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = "KindredError";
    this.code = code;
    this.parts = parts;
  }

  /** The process exit code this error leads to. */
  get exitCode(): number {
    return exitCodeByErrorCode[this.code];
  }
}

/** True for errors of the family, also those made by another copy of the package. */
export function isKindredError(error: unknown): error is KindredError {
  return typeof error === "object" && error !== null && marker in error;
}

/** An error as plain data, for queues, run metadata and `--json`. */
export interface ErrorJson {
  readonly code: ErrorCode;
  readonly message: string;
  readonly parts: Omit<ErrorParts, "cause">;
  readonly stack?: string;
}

/** SQLite's own codes for a full disk: SQLITE_FULL, and SQLITE_IOERR_SHMSIZE where its shared memory found no room to grow. */
const sqliteFull: readonly number[] = [13, 4_874];

/** Turns any thrown value into plain data; a foreign error gets the code `internal`. `mask` sees its texts before they are cut. */
export function errorToJson(error: unknown, mask?: Mask): ErrorJson {
  if (isKindredError(error)) {
    const { cause: _cause, ...parts } = error.parts;
    return { code: error.code, message: error.message, parts, ...stackOf(error, mask) };
  }
  const message = thrownMessage(error, mask);
  const code: ErrorCode = isDiskFull(error) ? "disk-full" : "internal";
  return { code, message, parts: { seen: message }, ...stackOf(error, mask) };
}

/** True for a system call, or a database, that found no space left. */
export function isDiskFull(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: string; errcode?: number };
  return code === "ENOSPC" || code === "EDQUOT" || sqliteFull.includes(errcode ?? 0);
}

/** The inverse of {@link errorToJson}. */
export function errorFromJson(json: ErrorJson): KindredError {
  const error = new KindredError(json.code, json.parts);
  if (json.stack !== undefined) error.stack = json.stack;
  return error;
}

function stackOf(error: unknown, mask: Mask | undefined): { stack?: string } {
  const stack = thrownStack(error, mask);
  return stack === undefined ? {} : { stack };
}

function errorMessage(parts: ErrorParts): string {
  const where = parts.where ? placeToText(parts.where) : "";
  const expected = parts.expected ? `; expected ${parts.expected}` : "";
  const hint = parts.hint ? `. ${parts.hint}` : "";
  return `${where ? `${where}: ` : ""}${parts.seen}${expected}${hint}`;
}

/** A place as people read it: `films.csv row 17, column year` or `run 12/match/shard-3`. */
function placeToText(place: ErrorPlace): string {
  const file = [place.file, place.row === undefined ? undefined : `row ${place.row}`].filter(Boolean).join(" ");
  const column = place.column === undefined ? undefined : `column ${place.column}`;
  const run = [place.run && `run ${place.run}`, place.step, place.task].filter(Boolean).join("/");
  return [file || undefined, column, run || undefined].filter(Boolean).join(", ");
}
