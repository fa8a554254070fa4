import { hash53 } from "../../base/index.ts";
import { columnOf, concatTables, type Table, TableBuilder, textAt } from "../../columns/index.ts";
import { type PersonMention, peopleOf, type RecordBatch } from "../../records/index.ts";
import { personSlug } from "./person-slug.ts";

/**
 * Into how many parts the mentions of a source are cut by name. One part at a time is held in memory when people are
 * made of them, so people of a source need memory for a sixteenth of its mentions. Fixed, because the order of people
 * follows from it.
 */
export const mentionPartitions = 16;

/** A part is handed on when it holds this many mentions. */
const mentionsPerPart = 50_000;

const mentionShape = [
  { name: "slug", kind: "text" },
  { name: "name", kind: "text" },
  { name: "role", kind: "text" },
  { name: "title", kind: "text" },
] as const;

/** Mentions of people, as a table of `slug`, `name`, `role` and `title`, all of one partition. */
export interface MentionPart {
  readonly partition: number;
  readonly table: Table;
}

/** Collects the people whom the works of a source name, cut into partitions by name. */
export class MentionCollector {
  readonly #roles: readonly string[];
  readonly #builders = Array.from({ length: mentionPartitions }, () => new TableBuilder(mentionShape));

  /** @param roles the person-list fields that name people */
  constructor(roles: readonly string[]) {
    this.#roles = roles;
  }

  /** Adds the people of a batch; gives back parts that are full. */
  add(batch: RecordBatch): MentionPart[] {
    for (const mention of peopleOf(batch, this.#roles)) this.#append(mention);
    return this.#take(mentionsPerPart);
  }

  /** The parts that are left at the end of the source. */
  finish(): MentionPart[] {
    return this.#take(1);
  }

  #append({ name, role, title }: PersonMention): void {
    const slug = personSlug(name);
    if (slug === "") return;
    this.#builders[hash53(slug) % mentionPartitions]?.append([slug, name, role, title]);
  }

  #take(rowsAtLeast: number): MentionPart[] {
    const parts: MentionPart[] = [];
    this.#builders.forEach((builder, partition) => {
      if (builder.rowCount < rowsAtLeast) return;
      parts.push({ partition, table: builder.build() });
      this.#builders[partition] = new TableBuilder(mentionShape);
    });
    return parts;
  }
}

/** A person as the works of one source name them. */
export interface NamedPerson {
  readonly slug: string;
  /** The spelling used most often. */
  readonly name: string;
  /** The roles they are named in, such as `directors`, sorted. */
  readonly roles: readonly string[];
  /** The titles that name them, sorted, at most {@link titlesPerPersonMax}. */
  readonly titles: readonly string[];
}

/** More titles than this say nothing more about who somebody is. */
const titlesPerPersonMax = 200;

/** The people of one partition, by slug: one for each name, for within one source a name is taken to be one person. */
export function peopleOfMentions(tables: readonly Table[]): NamedPerson[] {
  if (tables.length === 0) return [];
  const table = concatTables(tables);
  const text = (name: (typeof mentionShape)[number]["name"]): ((row: number) => string | null) => {
    const column = columnOf(table, name, "text");
    return (row) => textAt(column, row);
  };
  const [slugAt, nameAt, roleAt, titleAt] = [text("slug"), text("name"), text("role"), text("title")];
  const people = new Map<string, { names: Map<string, number>; roles: Set<string>; titles: Set<string> }>();
  for (let row = 0; row < table.rowCount; row++) {
    const slug = slugAt(row) as string;
    const person = people.get(slug) ?? { names: new Map(), roles: new Set(), titles: new Set() };
    people.set(slug, person);
    const name = nameAt(row) as string;
    person.names.set(name, (person.names.get(name) ?? 0) + 1);
    person.roles.add(roleAt(row) as string);
    const title = titleAt(row);
    if (title !== null) person.titles.add(title);
  }
  return [...people]
    .sort(([a], [b]) => compareText(a, b))
    .map(([slug, person]) => ({
      slug,
      name: mostUsed(person.names),
      roles: [...person.roles].sort(compareText),
      titles: [...person.titles].sort(compareText).slice(0, titlesPerPersonMax),
    }));
}

function mostUsed(counts: ReadonlyMap<string, number>): string {
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b));
  return (best as [string, number])[0];
}

/** Order by code unit: the same on every machine, which a locale's order is not. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
