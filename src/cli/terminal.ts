import { styleText } from "node:util";
import { printable } from "./printable.ts";

/** What a command talks to: the only way a command prints. */
export interface Terminal {
  /** True when stdout must be one JSON document. */
  readonly json: boolean;
  /** True when stderr is a terminal that progress may be redrawn on. */
  readonly interactive: boolean;
  /** How many columns the terminal shows. */
  readonly width: number;
  /** Writes a line to stdout; nothing under `--json`. */
  line(text?: string): void;
  /** Writes the result: `document` under `--json`, else what `print` prints. */
  result(document: unknown, print: () => void): void;
  /** Writes a line to stderr, for notes that are not the result. */
  note(text: string): void;
  /** Replaces the line at the bottom of an interactive stderr; empty text removes it. */
  status(text: string): void;
  /** Colours text where colours are wanted. */
  style(format: Parameters<typeof styleText>[0], text: string): string;
}

/** A terminal over the process's own streams, honouring `NO_COLOR` and `--json`. */
export function processTerminal(json: boolean): Terminal {
  const interactive = process.stderr.isTTY === true;
  const colors = process.stdout.isTTY === true && !process.env.NO_COLOR;
  let statusShown = false;
  const status = (text: string): void => {
    if (!interactive || (text === "" && !statusShown)) return;
    process.stderr.write(`\r\x1b[2K${printable(text, false).slice(0, (process.stderr.columns ?? 80) - 1)}`);
    statusShown = text !== "";
  };
  const line = (text = ""): void => {
    if (json) return;
    status("");
    process.stdout.write(`${printable(text, colors)}\n`);
  };
  return {
    json,
    interactive,
    // A pseudo terminal may say that it has no columns at all.
    width: process.stdout.columns || 80,
    line,
    status,
    result: (document, print) => (json ? void process.stdout.write(`${JSON.stringify(document, null, 2)}\n`) : print()),
    note: (text) => {
      status("");
      process.stderr.write(`${printable(text, false)}\n`);
    },
    style: (format, text) => (colors ? styleText(format, text) : text),
  };
}
