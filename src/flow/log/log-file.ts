import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { inspect } from "node:util";
import type { Clock } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import type { LogLevel, TaskLog } from "../task-context.ts";

/**
 * The log of one attempt: lines of `time level message {fields}`, further lines of a message indented. The file is made
 * with the first line, so tasks that say nothing cost none.
 */
export class LogFile implements TaskLog {
  private readonly path: string;
  private readonly clock: Clock;
  private descriptor: number | null = null;
  private byteCount = 0;
  /** What is done to each line before it is written. */
  mask: (text: string) => string = (text) => text;
  private readonly lowest: LogLevel;
  private readonly onLine: (line: string) => void;

  /** Lines below `lowest` are dropped; `onLine` sees each that is kept, as it is written. */
  constructor(path: string, clock: Clock, lowest: LogLevel = "info", onLine: (line: string) => void = () => {}) {
    this.path = path;
    this.clock = clock;
    this.lowest = lowest;
    this.onLine = onLine;
  }

  debug(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.write("debug", message, fields);
  }

  info(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.write("info", message, fields);
  }

  warn(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.write("warn", message, fields);
  }

  /** Never throws: a log that cannot be written (a full disk) is no reason to fail a task whose own writes are whole. */
  write(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void {
    if (this.byteCount > flowLimits.logBytes || (level === "debug" && this.lowest !== "debug")) return;
    const time = new Date(this.clock.nowMs()).toISOString();
    const text = this.mask(`${message.trimEnd()}${fieldsText(fields)}`);
    const line = `${time} ${level} ${text.replaceAll("\n", "\n  ")}\n`;
    this.byteCount += Buffer.byteLength(line);
    const isFull = this.byteCount > flowLimits.logBytes;
    const end = `${time} warn the log reached ${flowLimits.logBytes} bytes: the rest is dropped\n`;
    this.onLine(isFull ? end : line);
    try {
      writeSync(this.open(), isFull ? end : line);
    } catch {
      this.byteCount = Number.POSITIVE_INFINITY;
    }
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }

  private open(): number {
    if (this.descriptor !== null) return this.descriptor;
    mkdirSync(dirname(this.path), { recursive: true });
    this.descriptor = openSync(this.path, "a");
    return this.descriptor;
  }
}

/** JSON, or what shows most of it: a log line must not fail the task that writes it. */
function fieldsText(fields: Readonly<Record<string, unknown>> | undefined): string {
  if (fields === undefined) return "";
  try {
    return ` ${JSON.stringify(fields)}`;
  } catch {
    return ` ${inspect(fields, { breakLength: Number.POSITIVE_INFINITY })}`;
  }
}
