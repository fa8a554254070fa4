import { type LogLevel, logLevels } from "../task-context.ts";

/** A line of a log, with what it says on further lines. */
export interface LogLine {
  readonly timeMs: number;
  readonly level: LogLevel;
  /** As it stands in the log, further lines included. */
  readonly text: string;
}

/** Which lines of a log are asked for. */
export interface LineFilter {
  /** The lowest level. */
  readonly level?: LogLevel | undefined;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
}

const head = new RegExp(`^(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z) (${logLevels.join("|")}) `);

/** The lines of a log. What is no line of ours belongs to the line before; what comes before any line is left out. */
export function linesOf(text: string): LogLine[] {
  const lines: { timeMs: number; level: LogLevel; text: string }[] = [];
  for (const line of text.split("\n")) {
    const found = head.exec(line);
    const last = lines[lines.length - 1];
    if (found !== null) lines.push({ timeMs: Date.parse(found[1] as string), level: found[2] as LogLevel, text: line });
    else if (last !== undefined && line !== "") last.text += `\n${line}`;
  }
  return lines;
}

/** A log with only the lines that are asked for; the whole text when all are. */
export function filterLog(text: string, { level, sinceMs, untilMs }: LineFilter): string {
  if (level === undefined && sinceMs === undefined && untilMs === undefined) return text;
  const lowest = level === undefined ? 0 : logLevels.indexOf(level);
  return linesOf(text)
    .filter((line) => logLevels.indexOf(line.level) >= lowest)
    .filter(
      ({ timeMs }) =>
        timeMs >= (sinceMs ?? Number.NEGATIVE_INFINITY) && timeMs <= (untilMs ?? Number.POSITIVE_INFINITY),
    )
    .map((line) => `${line.text}\n`)
    .join("");
}
