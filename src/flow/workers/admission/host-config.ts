import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KindredError } from "../../../base/index.ts";

/** How much there is of what a host knows by name, such as a language model that answers four questions at once. */
export interface NamedCapacity {
  /** Units in use at a time, over all runs of the home. */
  readonly atOnce?: number;
  /** Units that may begin in any 60 seconds. */
  readonly perMinute?: number;
}

/** What the home's `host.json` says of its machine; what it does not say is what the machine has. */
export interface HostConfig {
  /** Cores that runs may use. */
  readonly cpu?: number;
  readonly memoryMiB?: number;
  readonly diskMiB?: number;
  readonly resources?: Readonly<Record<string, NamedCapacity>>;
}

const example = '{ "memoryMiB": 16384, "resources": { "llm": { "atOnce": 4, "perMinute": 60 } } }';

/** The place of a home's host configuration. */
export function hostConfigPath(home: string): string {
  return join(home, "host.json");
}

/** Reads a home's host configuration; empty when there is none. @throws config-invalid */
export function readHostConfig(home: string): HostConfig {
  const path = hostConfigPath(home);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    // A home that is no folder is told by what is to be written there.
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return {};
    throw error;
  }
  const config = parsed(text, path);
  assertAmounts(config, ["cpu", "memoryMiB", "diskMiB", "resources"], path, "");
  for (const [name, amounts] of Object.entries(config.resources ?? {}))
    assertAmounts(amounts, ["atOnce", "perMinute"], path, `resources.${name}.`);
  return config;
}

function parsed(text: string, path: string): HostConfig {
  try {
    return JSON.parse(text) as HostConfig;
  } catch (error) {
    throw invalid(path, `no JSON (${(error as Error).message})`);
  }
}

function assertAmounts(given: object, names: readonly string[], path: string, prefix: string): void {
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw invalid(path, `${prefix} no object`);
  for (const [name, amount] of Object.entries(given)) {
    if (!names.includes(name)) throw invalid(path, `"${prefix}${name}"; known are ${names.join(", ")}`);
    if (name === "resources") continue;
    if (typeof amount !== "number" || !Number.isFinite(amount) || amount <= 0)
      throw invalid(path, `${prefix}${name} = ${JSON.stringify(amount)}; expected a number above 0`);
  }
}

function invalid(file: string, seen: string): KindredError {
  return new KindredError("config-invalid", { seen, expected: `such as ${example}`, where: { file } });
}
