import type { Mutant } from "./mutant.ts";

/** What vitest reports as JSON, as far as it is read here. */
export interface Finding {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** `red` when a test failed, `green` when at least one ran and all that ran passed; a test that did not run kills nothing. */
export function verdictOf(finding: Finding | null): "red" | "green" | "not run" {
  const statuses = finding?.testResults.flatMap((file) => file.assertionResults.map(({ status }) => status)) ?? [];
  if (statuses.includes("failed")) return "red";
  return statuses.includes("passed") ? "green" : "not run";
}

/** A pattern that finds a test by a part of its name, within a suite where one is named. */
export function patternOf({ suite, name }: Mutant["test"]): string {
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return suite === undefined ? escaped(name) : `${escaped(suite)}.*${escaped(name)}`;
}
