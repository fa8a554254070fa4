import { KindredError, requireWithOwnPackage } from "../../base/index.ts";
import type { ComparisonSettings } from "../settings.ts";
import { type Comparison, levelsMax } from "./contract.ts";
import * as kinds from "./kinds.ts";

/** A comparison, or how one is made from its settings. */
export type ComparisonMaker = Comparison | ((settings: ComparisonSettings) => Comparison);

const makers = new Map<string, ComparisonMaker>(Object.entries(kinds));
const builtIn: ReadonlySet<string> = new Set(makers.keys());
const made = new WeakMap<ComparisonSettings, Comparison>();

/** Whether a kind is one of Kindred's own, which no module has to define. */
export function isBuiltInComparison(kind: string): boolean {
  return builtIn.has(kind);
}

/** The kinds of comparison there are, those that modules of the user's define included. */
export function comparisonKinds(): string[] {
  return [...makers.keys()];
}

/**
 * Adds a kind of comparison, which settings name from then on. A module that does so is named by `module` in the settings
 * of its comparison, or is the configuration itself: every worker loads it before it compares.
 * @throws config-invalid when the name is taken, or the levels, their order or their bounds contradict each other
 */
export function defineComparison(kind: string, comparison: ComparisonMaker): void {
  if (makers.has(kind)) {
    throw new KindredError("config-invalid", {
      seen: `a second comparison of the kind "${kind}"`,
      expected: `a name that is not ${comparisonKinds().join(", ")}`,
    });
  }
  if (typeof comparison !== "function") assertSound(kind, comparison);
  makers.set(kind, comparison);
}

/**
 * The comparison that these settings describe.
 * @throws config-invalid when there is no such kind, or its module cannot be loaded or does not define it
 */
export function comparisonOf(settings: ComparisonSettings): Comparison {
  const maker = makers.get(settings.kind) ?? makerOfModule(settings);
  if (typeof maker !== "function") return maker;
  const known = made.get(settings);
  if (known !== undefined) return known;
  const comparison = maker(settings);
  assertSound(settings.kind, comparison);
  made.set(settings, comparison);
  return comparison;
}

/** Refuses levels that no pattern can hold, or whose order and bounds go against each other. */
function assertSound(kind: string, { levels, ascending, agreesFrom, disagreesUpTo }: Comparison): void {
  const count = levels.length;
  const wrong = [
    [count < 1 || count >= levelsMax, `${count} levels, where 1 to ${levelsMax - 1} fit a pattern`],
    [
      disagreesUpTo >= agreesFrom,
      `values that agree from level ${agreesFrom} and disagree up to level ${disagreesUpTo}`,
    ],
    [agreesFrom < 1 || agreesFrom > count, `no level ${agreesFrom}, from which values would agree`],
    [
      ascending.some((level, i) => level < 1 || level > count || level <= (ascending[i - 1] ?? 0)),
      `levels that ascend as ${ascending.join(", ")}`,
    ],
    [levels.some(({ m, u }) => !(m > 0 && u > 0)), "a level with an expected share that is not above 0"],
    [
      levels.some(({ weightMin = -Infinity, weightMax = Infinity }) => weightMin > weightMax),
      "a level whose least weight is above its greatest",
    ],
  ].find(([found]) => found === true);
  if (wrong === undefined) return;
  throw new KindredError("config-invalid", { seen: `the comparison "${kind}" has ${wrong[1]}` });
}

function loadModule(path: string, kind: string): void {
  try {
    requireWithOwnPackage(path);
  } catch (cause) {
    throw new KindredError("config-invalid", {
      seen: `the module of the comparison "${kind}" cannot be loaded: ${(cause as Error).message}`,
      expected: "a module without top-level await that calls defineComparison",
      where: { file: path },
      cause,
    });
  }
}

/** Loads the module that defines the kind: a worker begins without what the configuration's process has loaded. */
function makerOfModule({ kind, field, module }: ComparisonSettings): ComparisonMaker {
  if (module !== undefined) loadModule(module, kind);
  const maker = makers.get(kind);
  if (maker !== undefined) return maker;
  throw new KindredError("config-invalid", {
    seen: `the field "${field}" is compared as "${kind}"${module === undefined ? "" : `, which ${module} does not define`}`,
    expected: `one of ${comparisonKinds().join(", ")}`,
    hint: "defineComparison of kindred/linkage adds a kind; docs/guide/comparisons.md shows how",
  });
}
