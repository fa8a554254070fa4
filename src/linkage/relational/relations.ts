/** Which people works name, in which role, by the numbers of their records. */
export interface Relations {
  /** The fields that name people, such as `directors`. */
  readonly roles: readonly string[];
  /** Work `w` names `person[i]` in `role[i]` for `i` from `starts[w]` up to, not including, `starts[w + 1]`. */
  readonly starts: Int32Array;
  readonly person: Int32Array;
  /** Index into `roles`. */
  readonly role: Uint8Array;
  /** A number for the title of each work, the same for titles that comparisons take for equal; 0 where there is none. */
  readonly title: Int32Array;
}

/** Longer lists are not looked at: of whom one of thousands is says nothing. */
const namedMax = 256;

/** The people whom a work names in a role; none where it names very many. */
export function namedIn(relations: Relations, work: number, role: number): readonly number[] {
  const people: number[] = [];
  for (let i = relations.starts[work] as number; i < (relations.starts[work + 1] as number); i++)
    if (relations.role[i] === role) people.push(relations.person[i] as number);
  return people.length > namedMax ? [] : people;
}

/** The people of a list whom the other list does not name as well, as matches have it so far. */
export function unexplained(own: readonly number[], other: readonly number[], group: Int32Array): readonly number[] {
  const there = new Set(other.map((person) => group[person]));
  return own.filter((person) => !there.has(group[person] as number));
}

/** Whether comparisons take the titles of two works for equal. */
export function sameTitle({ title }: Relations, a: number, b: number): boolean {
  return title[a] !== 0 && title[a] === title[b];
}
