import type { Mention } from "../ontology/index.ts";

/** A name known already: what it is called, of which type, and when it was made. */
export type GazetteerEntry = Omit<Mention, "kind">;

/** Known names, found by their exact spelling. */
export interface Gazetteer {
  /** What is known under a name; several where a film and a book share it. */
  entriesOf(name: string): readonly GazetteerEntry[];
  /** The known names that begin with this word, longest first. */
  namesStartingWith(word: string): readonly string[];
}

/** Makes a gazetteer. Order and repetition of the entries do not matter. */
export function makeGazetteer(entries: Iterable<GazetteerEntry>): Gazetteer {
  const byName = new Map<string, GazetteerEntry[]>();
  const byWord = new Map<string, string[]>();
  for (const entry of entries) {
    const same = byName.get(entry.name);
    if (same !== undefined) {
      same.push(entry);
      continue;
    }
    byName.set(entry.name, [entry]);
    const word = firstWord(entry.name);
    const names = byWord.get(word);
    if (names === undefined) byWord.set(word, [entry.name]);
    else names.push(entry.name);
  }
  for (const names of byWord.values()) names.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return {
    entriesOf: (name) => byName.get(name) ?? [],
    namesStartingWith: (word) => byWord.get(word) ?? [],
  };
}

/** The first run of characters that are not blanks. */
export function firstWord(text: string): string {
  return /^\S+/.exec(text)?.[0] ?? "";
}
