import { findColumn, GrowingInt32, nullId, type Table } from "../../columns/index.ts";
import { titleForms } from "../compare/index.ts";
import type { Relations } from "./relations.ts";

/** Gives the number of the person's record that stands for a name as a work writes it; -1 where there is none. */
export type PersonNumber = (name: string) => number;

/** Collects which people works name, table by table, in the order of the works' records. */
export class RelationsBuilder {
  readonly #roles: readonly string[];
  readonly #titleField: string | null;
  readonly #starts = new GrowingInt32();
  readonly #person = new GrowingInt32();
  readonly #role = new GrowingInt32();
  readonly #title = new GrowingInt32();
  readonly #numberByTitle = new Map<string, number>();

  /**
   * @param roles the fields that name people
   * @param titleField the field that works are called by, if there is one
   */
  constructor(roles: readonly string[], titleField: string | null) {
    this.#roles = roles;
    this.#titleField = titleField;
    this.#starts.push(0);
  }

  /** Adds the works of a table. */
  add(table: Table, personOf: PersonNumber): void {
    const readers = this.#roles.map((role) => peopleReader(table, role, personOf));
    const titleOf = this.#titleReader(table);
    for (let row = 0; row < table.rowCount; row++) {
      readers.forEach((read, role) => {
        for (const person of read(row)) {
          this.#person.push(person);
          this.#role.push(role);
        }
      });
      this.#starts.push(this.#person.length);
      this.#title.push(titleOf(row));
    }
  }

  /** All that was added. */
  build(): Relations {
    return {
      roles: this.#roles,
      starts: this.#starts.toArray(),
      person: this.#person.toArray(),
      role: Uint8Array.from(this.#role.toArray()),
      title: this.#title.toArray(),
    };
  }

  #titleReader(table: Table): (row: number) => number {
    const column = this.#titleField === null ? undefined : findColumn(table, this.#titleField);
    if (column?.kind !== "text") return () => 0;
    const known = new Int32Array(column.dictionary.size).fill(-1);
    return (row) => {
      const id = column.ids[row] as number;
      if (id === nullId) return 0;
      if (known[id] === -1) known[id] = this.#numberOf(titleForms(column.dictionary.get(id))[0]?.bare ?? "");
      return known[id] as number;
    };
  }

  #numberOf(title: string): number {
    if (title === "") return 0;
    const known = this.#numberByTitle.get(title);
    if (known !== undefined) return known;
    this.#numberByTitle.set(title, this.#numberByTitle.size + 1);
    return this.#numberByTitle.size;
  }
}

const unread = -2;

function peopleReader(table: Table, role: string, personOf: PersonNumber): (row: number) => number[] {
  const column = findColumn(table, role);
  if (column?.kind !== "textList") return () => [];
  const known = new Int32Array(column.dictionary.size).fill(unread);
  const numberOf = (id: number): number => {
    if (known[id] === unread) known[id] = personOf(column.dictionary.get(id));
    return known[id] as number;
  };
  return (row) => {
    const people: number[] = [];
    for (let i = column.offsets[row] as number; i < (column.offsets[row + 1] as number); i++) {
      const person = numberOf(column.values[i] as number);
      if (person !== -1 && !people.includes(person)) people.push(person);
    }
    return people;
  };
}
