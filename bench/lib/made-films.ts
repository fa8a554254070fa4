import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataFolder } from "./film-catalogues.ts";
import { peersRoot } from "./peers.ts";

const cache = join(tmpdir(), "kindred-bench-billion");

/**
 * The two made catalogues of shared/peers/splink and their truth, made once a machine; gives the beginning of their files'
 * paths (`_a.parquet`, `_b.parquet`, `_truth.parquet`).
 */
export function madeFilms(recordsA: number, recordsB: number): string {
  const prefix = join(cache, `${recordsA}-${recordsB}`);
  if (existsSync(`${prefix}_truth.parquet`)) return prefix;
  mkdirSync(cache, { recursive: true });
  const python = join(cache, "venv/bin/python");
  const run = (command: string, args: readonly string[]): void => {
    execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  };
  if (!existsSync(python)) run("python3", ["-m", "venv", join(cache, "venv")]);
  run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pyarrow"]);
  const script = join(peersRoot, "splink/gen_movies.py");
  const sizes = ["--n-a", String(recordsA), "--n-b", String(recordsB)];
  run(python, [script, "--data", dataFolder, ...sizes, "--out", prefix]);
  return prefix;
}
