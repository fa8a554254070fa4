import { KindredError } from "../../base/index.ts";
import type { NotJson } from "../flow-types.ts";
import type { Jsonable } from "../json.ts";
import type { JsonSchema } from "../json-schema.ts";
import { lossyPlace } from "../plain-json.ts";
import { schemaOfDefaults } from "./schema-of-defaults.ts";

/** Checks what a run is given and fills in the defaults. @throws argument-invalid */
export type ParamsCheck = (given: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * A zod object, as far as a flow needs it: by its shape and not by zod's own types, so that a module that makes a flow
 * loads no zod unless it wants to, and any copy of zod 4 will do.
 */
export interface ZodParams {
  readonly _zod: { readonly output: unknown };
  safeParse(value: unknown): ZodAnswer;
  toJSONSchema(options: { readonly io: "input" }): unknown;
}

interface ZodAnswer {
  readonly success: boolean;
  readonly data?: unknown;
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };
}

/** The params that a step is given. */
export type ParamsOf<Given> = Given extends { readonly _zod: { readonly output: infer Output } }
  ? Output extends object
    ? Output
    : never
  : Given;

/** What a flow is given for its params, where they survive JSON. */
export type JsonParams<Given> = Given extends { readonly _zod: { readonly output: infer Output } }
  ? [Output] extends [Jsonable<Output>]
    ? Given
    : NotJson
  : Jsonable<Given>;

/** The params of a flow, as data and as a check. @throws config-invalid */
export function readParams(
  flow: string,
  given: object,
): {
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly schema: JsonSchema;
  readonly check: ParamsCheck | null;
} {
  if (!isZod(given)) {
    const defaults = given as Readonly<Record<string, unknown>>;
    const lossy = lossyPlace(defaults, new Set(), "params") ?? datePlace(defaults);
    if (lossy !== null) throw notJson(flow, lossy);
    return { defaults, schema: schemaOfDefaults(defaults), check: null };
  }
  const schema = jsonSchemaOf(flow, given);
  if (schema.type !== "object" || schema.properties === undefined) {
    throw new KindredError("config-invalid", {
      seen: `params of flow "${flow}" that are a zod ${String(schema.type)}`,
      expected: "z.object({...}), or an object of defaults",
    });
  }
  const defaults: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    if (property.default !== undefined) defaults[name] = property.default;
  }
  return { defaults, schema, check: (values) => parsed(flow, given, values) };
}

function jsonSchemaOf(flow: string, zod: ZodParams): JsonSchema {
  try {
    return zod.toJSONSchema({ io: "input" }) as JsonSchema;
  } catch (cause) {
    throw notJson(flow, (cause as Error).message, cause);
  }
}

function notJson(flow: string, seen: string, cause?: unknown): KindredError {
  return new KindredError("config-invalid", {
    seen: `params of flow "${flow}" that JSON cannot hold: ${seen}`,
    expected: "texts, numbers, booleans, lists and objects of them",
    cause,
  });
}

/** A date would come back as a text, though its default says otherwise. */
function datePlace(defaults: Readonly<Record<string, unknown>>): string | null {
  const found = Object.entries(defaults).find(([, value]) => value instanceof Date);
  return found === undefined ? null : `params.${found[0]} is a Date`;
}

function isZod(given: object): given is ZodParams {
  return "_zod" in given && typeof (given as Partial<ZodParams>).safeParse === "function";
}

function parsed(
  flow: string,
  zod: ZodParams,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const answer = zod.safeParse(given);
  if (answer.success) return answer.data as Readonly<Record<string, unknown>>;
  const issues = answer.error?.issues ?? [];
  const seen = issues.map(({ path, message }) => `"${path.map(String).join(".")}": ${message}`).join("; ");
  throw new KindredError("argument-invalid", { seen: `params of flow "${flow}": ${seen}` });
}
