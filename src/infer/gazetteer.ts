import type { Mention } from "../ontology/index.ts";

/** A name known already: what it is called, of which type, and when it was made. */
export type GazetteerEntry = Omit<Mention, "kind">;

/** A known name found in a text: UTF-16 units, end excluded. */
export interface FoundName {
  readonly name: string;
  readonly end: number;
}

/** Known names, found by their exact spelling. */
export interface Gazetteer {
  /** What is known under a name; several where a film and a book share it. */
  entriesOf(name: string): readonly GazetteerEntry[];
  /** The known names that stand in the text at a place, longest first; a line break there counts as a blank. */
  namesAt(text: string, start: number): FoundName[];
}

/** Makes a gazetteer. Order and repetition of the entries do not matter. */
export function makeGazetteer(entries: Iterable<GazetteerEntry>): Gazetteer {
  const byName = new Map<string, GazetteerEntry[]>();
  const byHead = new Map<string, string[]>();
  for (const entry of entries) {
    const same = byName.get(entry.name);
    if (same !== undefined) {
      same.push(entry);
      continue;
    }
    byName.set(entry.name, [entry]);
    const [first, second] = headOf(entry.name);
    const head = second ?? first;
    const names = byHead.get(head);
    if (names === undefined) byHead.set(head, [entry.name]);
    else names.push(entry.name);
  }
  for (const names of byHead.values()) names.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return {
    entriesOf: (name) => byName.get(name) ?? [],
    namesAt: (text, start) => {
      const [first, second] = headOf(text.slice(start, start + maxHeadLength));
      const names = [...(second === undefined ? [] : (byHead.get(second) ?? [])), ...(byHead.get(first) ?? [])];
      return names.flatMap((name) => {
        const end = endOfName(text, start, name);
        return end === undefined ? [] : [{ name, end }];
      });
    },
  };
}

/** Enough of a text to hold the head of any name. */
const maxHeadLength = 80;

/**
 * The first word, and that word with two letters of the next: thousands of titles begin with "The", few with "The Go".
 * Signs are left out, since in a text others may follow than in the name.
 */
function headOf(text: string): [string, string | undefined] {
  const found = /^[^\p{L}\p{N}\s]*([\p{L}\p{N}]*)[^\s]*(?:\s+[^\p{L}\p{N}\s]*([\p{L}\p{N}]{1,2}))?/u.exec(text);
  const first = found?.[1] ?? "";
  return [first, found?.[2] === undefined ? undefined : `${first} ${found[2]}`];
}

function endOfName(text: string, start: number, name: string): number | undefined {
  let at = start;
  for (const unit of name) {
    if (unit === " " && /\s/.test(text[at] ?? "")) {
      while (/\s/.test(text[at] ?? "")) at++;
    } else if (text.startsWith(unit, at)) at += unit.length;
    else return undefined;
  }
  return at;
}
