import { KindredError } from "../../base/index.ts";

/**
 * Places of params that name files: a param, and below it the names of fields, `*` for every element or field:
 * `input`, `sources.*.path`.
 * @throws config-invalid for a place in no param
 */
export function checkPlaces(flow: string, places: readonly string[], params: readonly string[]): readonly string[] {
  for (const place of places) {
    const [param = "", ...fields] = place.split(".");
    if (params.includes(param) && fields.every((field) => field !== "")) continue;
    throw new KindredError("config-invalid", {
      seen: `files of flow "${flow}" at "${place}"`,
      expected: `one of its params ${params.join(", ")}, such as "${params[0] ?? "input"}" or "sources.*.path"`,
    });
  }
  return places;
}

/** The paths that params hold at these places, each once. A list at a place is a path an element; what is no text is none. */
export function namedPaths(params: Readonly<Record<string, unknown>>, places: readonly string[]): readonly string[] {
  const found = places.flatMap((place) => valuesAt(params, place.split(".")));
  return [...new Set(found.flat().filter((value): value is string => typeof value === "string" && value !== ""))];
}

function valuesAt(value: unknown, fields: readonly string[]): readonly unknown[] {
  const [field, ...others] = fields;
  if (field === undefined) return [value];
  if (typeof value !== "object" || value === null) return [];
  const chosen = field === "*" ? Object.values(value) : [(value as Readonly<Record<string, unknown>>)[field]];
  return chosen.flatMap((each) => valuesAt(each, others));
}
