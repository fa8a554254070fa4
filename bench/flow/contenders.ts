import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CommandOptions, type Measured, measured } from "../lib/measured.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const cache = join(tmpdir(), "kindred-bench-flow");
const python = join(cache, "venv/bin/python");
const bin = here("../../bin/kindred");
const metaflow = "metaflow==2.19.39";

/** A run and what came of it: the value both contenders must agree on. */
export type Outcome = Measured & { readonly value: unknown };

/** A folder that one contender keeps its runs in. */
export interface Contender {
  readonly folder: string;
  /** What it keeps: files and bytes. */
  content(): { readonly files: number; readonly bytes: number };
  remove(): void;
}

/** Installs Metaflow into the cache, unless it is there. */
export function setUpMetaflow(): void {
  mkdirSync(cache, { recursive: true });
  const run = (command: string, args: readonly string[]): void => {
    execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  };
  if (!existsSync(python)) run("python3", ["-m", "venv", join(cache, "venv")]);
  run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", metaflow]);
}

/** Kindred, by its own command. */
export class Kindred implements Contender {
  readonly folder = mkdtempSync(join(tmpdir(), "kindred-bench-flow-"));
  private readonly project = mkdtempSync(join(tmpdir(), "kindred-bench-flow-project-"));

  /** Runs a flow of this folder (`squares.ts#warm`) with two workers, in a project that imports Kindred as users do. */
  async run(flow: string, params: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
    const [file = ""] = flow.split("#");
    const code = readFileSync(here(file), "utf8").replace('"../../src/flow/index.ts"', '"kindred/flow"');
    writeFileSync(join(this.project, file), code);
    writeFileSync(join(this.project, "package.json"), '{ "type": "module" }');
    return this.command(["run", join(this.project, flow), "--workers", "2", ...params], options);
  }

  async command(args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
    const environment = { ...options.environment, KINDRED_HOME: this.folder, NO_COLOR: "1" };
    const done = await measured(process.execPath, [bin, ...args, "--json"], { ...options, environment });
    return { ...done, value: artifactIn(done.printed) };
  }

  content() {
    return contentOf(this.folder);
  }

  remove(): void {
    for (const folder of [this.folder, this.project]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Metaflow, by its own command, as it comes: local metadata and local storage. */
export class Metaflow implements Contender {
  readonly folder = mkdtempSync(join(tmpdir(), "kindred-bench-metaflow-"));
  readonly out = join(this.folder, "out.json");

  /** Runs a command of a flow of peers/ (`run`, `resume`, `spin STEP`). */
  async command(flow: string, args: readonly string[]): Promise<Outcome> {
    rmSync(this.out, { force: true });
    const environment = {
      METAFLOW_USER: "bench",
      METAFLOW_DEFAULT_METADATA: "local",
      METAFLOW_DEFAULT_DATASTORE: "local",
      METAFLOW_DATASTORE_SYSROOT_LOCAL: join(this.folder, "store"),
    };
    const done = await measured(python, [here(`peers/${flow}`), ...args], { folder: this.folder, environment });
    return { ...done, value: existsSync(this.out) ? JSON.parse(readFileSync(this.out, "utf8")) : undefined };
  }

  content() {
    const store = join(this.folder, "store");
    return existsSync(store) ? contentOf(store) : { files: 0, bytes: 0 };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Files below a folder, and their bytes. */
function contentOf(folder: string): { readonly files: number; readonly bytes: number } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = entries.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  return { files: entries.length, bytes };
}

function artifactIn(printed: string): unknown {
  const start = printed.indexOf("{");
  try {
    return (JSON.parse(printed.slice(start, printed.lastIndexOf("}") + 1)) as { artifact?: unknown }).artifact;
  } catch {
    return undefined;
  }
}
