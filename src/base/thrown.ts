import { inspect } from "node:util";

/** A message is no log: what follows is dropped with a note. */
const messageLength = 2_000;
const stackLength = 10_000;

/** Of a text in a thrown value so much is looked at, far more than is told. */
const lookedAtLength = 1_000_000;

/** What is done to a text before it is cut: of half a secret no mask would know. */
export type Mask = (text: string) => string;

const unmasked: Mask = (text) => text;

/** Causes of causes that are told. */
const causeDepth = 4;

/**
 * What a thrown value says, whatever it is: an error's message, or its name where it has none, with those of its causes
 * (Node says `fetch failed`, and why in the cause) and the first of several errors in one; of anything else what it looks like.
 */
export function thrownMessage(thrown: unknown, mask: Mask = unmasked): string {
  return cut(mask(messages(thrown, causeDepth).join(": ")), messageLength);
}

/** The stack of an error with those of its causes; undefined for what has none. */
export function thrownStack(thrown: unknown, mask: Mask = unmasked): string | undefined {
  const stacks = causes(thrown, causeDepth).flatMap((each) =>
    each instanceof Error && each.stack ? [each.stack] : [],
  );
  return stacks.length === 0 ? undefined : cut(mask(stacks.join("\ncaused by ")), stackLength);
}

function messages(thrown: unknown, depth: number): string[] {
  const said: string[] = [];
  for (const each of causes(thrown, depth)) {
    const text = ownMessage(each);
    // Many an error repeats the message of its cause.
    if (!said.some((before) => before.includes(text))) said.push(text);
  }
  return said;
}

function causes(thrown: unknown, depth: number): unknown[] {
  const { cause, errors } = (thrown instanceof Error ? thrown : {}) as { cause?: unknown; errors?: unknown };
  const next = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  return next === undefined || depth <= 1 ? [thrown] : [thrown, ...causes(next, depth - 1)];
}

function ownMessage(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  if (typeof thrown === "string") return thrown || "an empty text was thrown";
  return inspect(thrown, { depth: 2, breakLength: Number.POSITIVE_INFINITY, maxStringLength: lookedAtLength });
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;
}
