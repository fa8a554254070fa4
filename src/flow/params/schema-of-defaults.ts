import type { JsonSchema } from "../json-schema.ts";

/** The JSON Schema of params that are given as their defaults. A default of null, or an empty list, says nothing of the type. */
export function schemaOfDefaults(defaults: Readonly<Record<string, unknown>>): JsonSchema {
  const properties = Object.entries(defaults).map(([name, value]) => [name, { ...schemaOf(value), default: value }]);
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}

function schemaOf(value: unknown): JsonSchema {
  if (value === null || value === undefined) return {};
  if (!Array.isArray(value)) return { type: typeof value };
  const kinds = new Set(value.map((each) => (Array.isArray(each) ? "array" : typeof each)));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined && value[0] !== null
    ? { type: "array", items: { type: kind } }
    : { type: "array" };
}
