/** The keys of a terminal, one by one. */
export interface Keys {
  /** The next key as typed; `interrupt` for Ctrl-C, `end` for Ctrl-D or when the terminal is gone. */
  next(): Promise<string>;
  /** Gives the terminal back as it was. */
  close(): void;
}

const nameByControl: Readonly<Record<string, string>> = { "\u0003": "interrupt", "\u0004": "end" };

/** True when a person can be asked: keys come in one by one, and questions are seen. */
export function isTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Reads keys as they are pressed, without a line end. Keys that come early wait their turn. */
export function openKeys(): Keys {
  const { stdin } = process;
  const waiting: string[] = [];
  let wanted: ((key: string) => void) | undefined;
  const give = (key: string): void => {
    if (wanted === undefined) return void waiting.push(key);
    const resolve = wanted;
    wanted = undefined;
    resolve(key);
  };
  const read = (chunk: Buffer): void => {
    for (const key of chunk.toString("utf8")) give(nameByControl[key] ?? key);
  };
  const end = (): void => give("end");
  stdin.setRawMode(true);
  stdin.on("data", read);
  stdin.on("end", end);
  stdin.resume();
  return {
    next: () =>
      new Promise((resolve) => {
        const key = waiting.shift();
        if (key !== undefined) resolve(key);
        else wanted = resolve;
      }),
    close: () => {
      stdin.off("data", read);
      stdin.off("end", end);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
