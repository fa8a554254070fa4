import type { RunSummary, Waiting } from "../src/flow/index.ts";

/** A count with thin grouping. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** A duration as people read it. */
export function duration(ms: number): string {
  // Rounded before the unit is chosen, so that there is no "60.0 s" and no "1 min 60 s".
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  if (Math.round(ms / 100) < 600) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Bytes as people read them. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  if (Math.round(value / 1e3) < 1000) return `${(value / 1e3).toFixed(0)} kB`;
  return Math.round(value / 1e6) < 1000 ? `${(value / 1e6).toFixed(0)} MB` : `${(value / 1e9).toFixed(2)} GB`;
}

/** A probability that never claims to be certain. */
export function probability(value: number): string {
  if (value > 0.9999) return "above .9999";
  return value < 0.0001 ? "below .0001" : value.toFixed(4).replace(/^0/, "");
}

/** A weight with its sign. */
export function weight(value: number): string {
  if (!Number.isFinite(value)) return "−∞";
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toFixed(2)}`;
}

/** A field's value in one line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** A name of the code as words: `birth_year` is "birth year". */
export function plain(name: string): string {
  return name.replaceAll("_", " ");
}

/** A moment as date and time, in the reader's own zone. */
export function moment(ms: number): string {
  return new Date(ms).toLocaleString("sv-SE").slice(0, 16);
}

/** Where a run stands: `waiting for cpu8` of one that no worker of its cluster works for. */
export function statusText({ status, waits }: Waiting<Pick<RunSummary, "status">>): string {
  if (waits === undefined) return status;
  const queues = waits.queues.map(({ queue }) => queue).join(", ");
  return waits.isIdle ? `waiting for ${queues}` : `${status}, waits for ${queues}`;
}

/** How long a run that is over took; empty for any other. */
export function tookText({ createdMs, endedMs, waits }: Waiting<Pick<RunSummary, "createdMs" | "endedMs">>): string {
  return endedMs === null || waits !== undefined ? "" : duration(endedMs - createdMs);
}

/** A text as one word of a shell, so that a command can be copied whatever stands in a key. */
export function shellWord(text: string): string {
  if (/\p{Cc}/u.test(text)) return `$'${text.replace(/[\\'\p{Cc}]/gu, escaped)}'`;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As bash and zsh read it between `$'` and `'`. */
function escaped(character: string): string {
  if (/[\\']/.test(character)) return `\\${character}`;
  if (character === "\n") return "\\n";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
