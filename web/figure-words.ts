import type { FiguresView } from "../src/serve/index.ts";
import { count } from "./words.ts";

const shares = new Set(["precision", "recall", "f1", "matchesLostShare"]);

/** A figure of a gate: a share as a percentage, anything else as a count. */
export function figureText(figure: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return "not known";
  return shares.has(figure) ? `${(value * 100).toFixed(1)} %` : count(Math.round(value));
}

/** What a version holds, in a line: records, or rows; its files where nothing in them was counted. */
export function heldWords(figures: FiguresView): string {
  const told = (names: readonly string[]): string[] => names.flatMap((name) => worded(figures, name, name));
  const counted = told(["records", "matches", "entities", "rows"]);
  return (counted.length > 0 ? counted : told(["files"])).join(", ");
}

/** What is told of a change, and the figures that tell it. */
const changes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  matches: { matchesNew: "new", matchesLost: "lost" },
  entities: { entitiesMerged: "merged", entitiesSplit: "split", entitiesMoved: "moved" },
  records: { recordsNew: "new", recordsLost: "lost" },
  rows: { rowsNew: "new", rowsLost: "lost" },
  files: { filesNew: "new", filesLost: "lost", filesChanged: "changed" },
};

/** How a data set changed, a line each of what it is made of; the files of a linkage tell nothing. */
export function changeWords(figures: FiguresView): readonly { readonly what: string; readonly words: string }[] {
  return Object.entries(changes).flatMap(([what, words]) => {
    if (what === "files" && figures["matches"] !== undefined) return [];
    const parts = Object.entries(words).flatMap(([figure, word]) => worded(figures, figure, word));
    return parts.length === 0 ? [] : [{ what, words: parts.join(", ") }];
  });
}

function worded(figures: FiguresView, figure: string, word: string): string[] {
  const value = figures[figure];
  return typeof value === "number" ? [`${count(value)} ${word}`] : [];
}
