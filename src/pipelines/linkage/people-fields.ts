import type { Value } from "../../columns/index.ts";
import type { Field } from "../../records/index.ts";
import type { NamedPerson } from "./mentions.ts";

/** What people do who are named in a role, in the words that catalogues of people use. */
const occupationsByRole: Readonly<Record<string, readonly string[]>> = {
  directors: ["film director"],
  cast: ["actor"],
  writers: ["writer"],
  producers: ["producer"],
  composers: ["composer"],
  authors: ["writer"],
};

/** The titles that name a person: evidence of who somebody is. In the graph the relations say it. */
export const worksField = "works";

/** The fields that a person named by works has. */
const ownFields = {
  name: { name: "name", kind: "name", list: false },
  occupation: { name: "occupation", kind: "category", list: true },
  works: { name: worksField, kind: "title", list: true },
} as const satisfies Record<string, Field>;

/** The field of a catalogue of people that says what they do, whatever the catalogue calls it. */
const occupationNames: readonly string[] = ["occupation", "occupations"];

/**
 * The fields of people named by works, shaped like those of the declared catalogues of people, so that they align:
 * a catalogue with one occupation a person makes it one here too.
 */
export function personFields(declared: readonly Field[]): Field[] {
  const name = declared.find((field) => field.kind === "name" && !field.list) ?? ownFields.name;
  const occupation = declared.find((field) => occupationNames.includes(field.name)) ?? ownFields.occupation;
  return [name, occupation, ownFields.works];
}

/** The values of a person named by works, in the order of {@link personFields}. */
export function personValues(
  person: NamedPerson,
  fields: readonly Field[],
  occupations: Readonly<Record<string, readonly string[]>>,
): Value[] {
  const does = [...new Set(person.roles.flatMap((role) => occupations[role] ?? occupationsByRole[role] ?? []))];
  const [, occupation] = fields;
  return [person.name, occupation?.list ? does : (does[0] ?? null), [...person.titles]];
}
