import type { Value } from "../columns/index.ts";

const charactersMax = 60;
const membersMax = 3;

/** A value as a plan shows it: on one line, and short, however much a record holds. */
export function shownValue(value: Value): string {
  if (typeof value === "string") return JSON.stringify(cut(value));
  if (value === null || typeof value === "number") return JSON.stringify(value);
  const members = value.slice(0, membersMax).map((member) => JSON.stringify(cut(member)));
  return `[${members.join(",")}${value.length > membersMax ? ",…" : ""}]`;
}

function cut(text: string): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
}
