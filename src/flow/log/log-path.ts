import { join } from "node:path";
import { sha256 } from "../../base/index.ts";
import type { LoggedAttempt } from "./attempt-logs.ts";

/** The log of an attempt in a folder of logs: `12/match/shard-3.1.log`. */
export function logPath(folder: string, { run, step, key, attempt }: LoggedAttempt): string {
  return join(folder, run, step, `${fileName(key)}.${attempt}.log`);
}

/** A key as a file name that is safe and unique everywhere, also where case is not told apart. */
export function fileName(key: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/.test(key)) return key;
  return `${key
    .replace(/[^A-Za-z0-9._-]+/g, "_")
    .replace(/^\.+/, "_")
    .slice(0, 80)}~${sha256(key).slice(0, 10)}`;
}
