import { createReadStream, existsSync } from "node:fs";
import { basename } from "node:path";
import { KindredError } from "../../base/index.ts";
import type { StepGraph } from "../step-graph.ts";

/** A shorter one could not be told from other words, and masking it would leave nothing of a log. */
const secretLength = 6;

/** Of a file, at a time. */
const scannedBytes = 2 ** 20;

/** The secrets that the steps of a flow name, as far as the environment has them. They go to workers in memory, and nowhere else. */
export function secretsOf(
  graph: StepGraph,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const names = new Set(graph.steps.flatMap(({ secrets }) => secrets ?? []));
  return Object.fromEntries([...names].flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

/** The secrets of one attempt: handed to its code, masked in what it says, refused in what it leaves. */
export class Secrets {
  readonly values: Readonly<Record<string, string>>;

  /** @throws config-invalid when the worker's environment has not all that are named */
  constructor(names: readonly string[], found: Readonly<Record<string, string>>) {
    for (const name of names) if ((found[name] ?? "").length < secretLength) throw missing(name, found[name]);
    this.values = Object.fromEntries(names.map((name) => [name, found[name] ?? ""]));
  }

  /** The text with the name of each secret in its place, as it is or as JSON writes it. */
  mask(text: string): string {
    return maskSecrets(text, this.values);
  }

  /** The same of plain data. */
  masked<T>(data: T): T {
    return JSON.parse(this.mask(JSON.stringify(data))) as T;
  }

  /** @throws config-invalid when there is a secret in what is to be stored */
  assertAbsent(what: string, bytes: Uint8Array | string): void {
    const entries = Object.entries(this.values);
    if (entries.length === 0) return;
    const stored =
      typeof bytes === "string" ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const [name, value] of entries) {
      if (!stored.includes(value) && !stored.includes(asInJson(value))) continue;
      const hint = "Return what was learnt with it, not the secret: artifacts are kept and shown";
      throw new KindredError("config-invalid", { seen: `${what} holds the secret ${name}`, hint });
    }
  }

  /** The same of a file that is to be stored, whatever its size. A file that is not there is left to whoever stores it. */
  async assertAbsentInFile(path: string): Promise<void> {
    const longest = Math.max(0, ...Object.values(this.values).map((value) => Buffer.byteLength(asInJson(value))));
    if (longest === 0 || !existsSync(path)) return;
    let end = Buffer.alloc(0);
    for await (const chunk of createReadStream(path, { highWaterMark: scannedBytes })) {
      // A secret may begin in one part of the file and end in the next.
      const part = Buffer.concat([end, chunk as Buffer]);
      this.assertAbsent(`the file ${basename(path)}`, part);
      end = part.subarray(Math.max(0, part.length - longest + 1));
    }
  }
}

/** A secret as JSON writes it within its quotes: never shorter. */
export function asInJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** The text with the name of each secret in its place, as it is or as JSON writes it. One that is too short to be told from other words stays. */
export function maskSecrets(text: string, values: Readonly<Record<string, string>>): string {
  let masked = text;
  for (const [name, value] of Object.entries(values)) {
    if (value.length < secretLength) continue;
    masked = masked.replaceAll(value, `<${name}>`).replaceAll(asInJson(value), `<${name}>`);
  }
  return masked;
}

function missing(name: string, value: string | undefined): KindredError {
  return new KindredError("config-invalid", {
    seen:
      value === undefined ? `this worker's environment has no ${name}` : `the secret ${name} is too short to be one`,
    expected: `a secret of at least ${secretLength} characters`,
    hint: `Set ${name} where the tasks run: for kindred run on this machine, for kindred worker on every machine`,
  });
}
