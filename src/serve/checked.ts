import type { Context } from "hono";
import { z } from "zod";
import { HttpProblem } from "./http-problem.ts";

/** The most items that one answer lists. */
const answerLimit = 1_000;

/** A count from the address, within the limit. */
export const limitOf = (preset: number): z.ZodType<number, unknown> =>
  z.coerce.number().int().min(1).max(answerLimit).default(preset);

/** Text from the address: long enough for any title. */
export const shortText = z.string().max(2_000);

/** The values of an address, checked. */
export function checkedQuery<T>(context: Context, schema: z.ZodType<T, unknown>): T {
  return checked(schema, context.req.query());
}

/** A part of the path, checked. */
export function checkedParam<T>(context: Context, name: string, schema: z.ZodType<T, unknown>): T {
  return checked(z.object({ [name]: schema }), { [name]: context.req.param(name) })[name] as T;
}

/** The JSON body of a request, checked. */
export async function checkedBody<T>(context: Context, schema: z.ZodType<T, unknown>): Promise<T> {
  const body = await context.req.json().catch(() => {
    throw new HttpProblem(400, "argument-invalid", "the body is not JSON");
  });
  return checked(schema, body);
}

function checked<T>(schema: z.ZodType<T, unknown>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw new HttpProblem(400, "argument-invalid", problems.join("; "));
}
