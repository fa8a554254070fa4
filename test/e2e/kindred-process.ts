import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../../src/base/index.ts";

const bin = fileURLToPath(new URL("../../bin/kindred", import.meta.url));

/** How a command line ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line under way. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `bin/kindred` in a folder, with a home of its own there and what else the environment is to say. */
export function startKindred(
  cwd: string,
  args: readonly string[],
  input?: string | Buffer,
  home = join(cwd, ".kindred"),
  environment: Readonly<Record<string, string>> = {},
): Running {
  const env = { ...process.env, KINDRED_HOME: home, NO_COLOR: "1", ...environment };
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const ended = new Promise<Ended>((resolve) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }));
  });
  if (input !== undefined) child.stdin?.end(input);
  return { child, ended };
}

/** Runs `bin/kindred` to its end. */
export function kindred(cwd: string, ...args: string[]): Promise<Ended> {
  return startKindred(cwd, args).ended;
}

/** A folder of its own for a suite, which removes it. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "kindred-e2e-"));
}

/** A folder of its own for a test, removed after it. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeFolder();
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** The three files that "the same bytes" speaks of, as one text each. */
export async function resultBytes(out: string): Promise<Record<string, string>> {
  const files = ["matches.csv", "entities.csv", "model.json"];
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(join(out, file), "utf8")] as const)),
  );
}

/** Everything in a folder but the home of runs: what a failed command may not leave behind. */
export async function entriesOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name !== ".kindred").sort();
}

const adjectives = [
  "Silent",
  "Broken",
  "Golden",
  "Hidden",
  "Last",
  "Burning",
  "Distant",
  "Crimson",
  "Hollow",
  "Frozen",
  "Second",
  "Paper",
];
const nouns = [
  "River",
  "Mirror",
  "Harbour",
  "Garden",
  "Winter",
  "Letter",
  "Orchard",
  "Signal",
  "Empire",
  "Lantern",
  "Meadow",
  "Passage",
];
const firstNames = ["Ada", "Bela", "Carla", "Dino", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kaya", "Lior"];
const lastNames = [
  "Abara",
  "Brandt",
  "Castillo",
  "Demir",
  "Eriksen",
  "Fontaine",
  "Gruber",
  "Haddad",
  "Ivanova",
  "Janssen",
];
const genres = ["Drama", "Comedy", "Thriller", "Western", "Romance"];

/** Two made catalogues of films that share about two thirds: the same seed gives the same files. */
export function madeCatalogues(count: number, seed = 7): { readonly left: string; readonly right: string } {
  const random = seededRandom(seed);
  const pick = (list: readonly string[]): string => list[random.integer(list.length)] as string;
  const left = ["id,title,year,directors,genres"];
  const right = ["id,name,released,director,genre"];
  for (let i = 0; i < count; i++) {
    const title = `The ${pick(adjectives)} ${pick(nouns)} of ${pick(firstNames)} ${i % 97}`;
    const year = 1950 + random.integer(70);
    const director = `${pick(firstNames)} ${pick(lastNames)}`;
    const genre = pick(genres);
    left.push(`l${i},"${title}",${year},${director},${genre}`);
    if (random.next() < 0.66) {
      const later = random.next() < 0.1 ? year + 1 : year;
      const written = random.next() < 0.2 ? `${title.slice(4)}, The` : title;
      right.push(`r${i},"${written}",${later},${director},${genre}`);
    }
  }
  return { left: `${left.join("\n")}\n`, right: `${right.join("\n")}\n` };
}
