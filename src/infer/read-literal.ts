import type { LiteralType } from "../ontology/index.ts";
import { nameOfSurface } from "./surface.ts";

const months = "january february march april may june july august september october november december".split(" ");
const monthNames = months.map((month) => `${month}|${month.slice(0, 3)}`).join("|");
const dayFirst = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${monthNames})\\.?,? (\\d{4})$`, "i");
const monthFirst = new RegExp(`^(${monthNames})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})$`, "i");

/** The value that a surface form states as a literal of that type, or undefined if it states none. */
export function readLiteral(type: LiteralType, surface: string): string | number | undefined {
  const text = nameOfSurface(surface);
  switch (type) {
    case "text":
      return text === "" ? undefined : text;
    case "year":
      return /^\d{3,4}$/.test(text) ? Number(text) : undefined;
    case "number":
      return /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(text) ? Number(text.replaceAll(",", "")) : undefined;
    case "date":
      return readDate(text);
  }
}

function readDate(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const first = dayFirst.exec(text);
  if (first !== null) return isoDay(first[3], first[2], first[1]);
  const second = monthFirst.exec(text);
  return second === null ? undefined : isoDay(second[3], second[1], second[2]);
}

function isoDay(year: string | undefined, month: string | undefined, day: string | undefined): string {
  const number = months.findIndex((name) => name.startsWith((month ?? "").slice(0, 3).toLowerCase())) + 1;
  return `${year}-${String(number).padStart(2, "0")}-${(day ?? "").padStart(2, "0")}`;
}
