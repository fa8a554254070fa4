import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { reportBench } from "../../bench/lib/report.ts";
import { flowMutants } from "./flow-mutants.ts";
import { linkageMutants } from "./linkage-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { type Finding, patternOf, verdictOf } from "./verdict.ts";

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, lanes: { type: "string", default: "2" } },
});
const repository = fileURLToPath(new URL("../..", import.meta.url));
const testMs = 120_000;
const say = (line: string): unknown => process.stdout.write(`${line}\n`);

/** A copy of the repository that mutants are planted in; what is installed is shared. */
function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), "kindred-mutants-"));
  const left = new Set(["node_modules", ".git", "dist", ".kindred"]);
  for (const entry of readdirSync(repository)) {
    if (!left.has(entry))
      cpSync(join(repository, entry), join(copy, entry), { recursive: true, verbatimSymlinks: true });
  }
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Runs the named test and returns what vitest reports as JSON; null when it reported nothing. */
async function runTest(copy: string, { test }: Mutant): Promise<Finding | null> {
  const output = join(copy, "found.json");
  rmSync(output, { force: true });
  const args = ["run", test.file, "-t", patternOf(test), "--reporter=json", `--outputFile=${output}`];
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [vitest, ...args], { cwd: copy, stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), testMs);
  await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  try {
    return JSON.parse(readFileSync(output, "utf8"));
  } catch {
    return null;
  }
}

/** Plants a mutant, runs its test and takes the mutant out. Returns what is wrong; null when it was killed. */
async function problemOf(copy: string, mutant: Mutant): Promise<string | null> {
  const path = join(copy, mutant.file);
  const source = readFileSync(path, "utf8");
  if (source.split(mutant.from).length !== 2) return `its text is not found once in ${mutant.file}`;
  const sound = verdictOf(await runTest(copy, mutant));
  if (sound !== "green") return `without it the test "${mutant.test.name}" is ${sound}`;
  writeFileSync(
    path,
    source.replace(mutant.from, () => mutant.to),
  );
  const found = verdictOf(await runTest(copy, mutant));
  writeFileSync(path, source);
  return found === "red" ? null : `with it the test "${mutant.test.name}" is ${found}`;
}

const waiting = [...flowMutants, ...linkageMutants].filter(({ name }) => name.includes(values.only));
const count = waiting.length;
const problems: string[] = [];
async function lane(): Promise<void> {
  const copy = copyRepository();
  try {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const problem = await problemOf(copy, mutant);
      say(`${problem === null ? "killed  " : "SURVIVED"} ${mutant.name}${problem === null ? "" : `: ${problem}`}`);
      if (problem !== null) problems.push(`${mutant.name}: ${problem}`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
reportBench("mutants", { mutants: count, killed: count - problems.length }, { killed: count }, problems);
