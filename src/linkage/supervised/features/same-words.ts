import { foldText, wordsOf } from "../../compare/index.ts";

const ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");
const endings = ["th", "st", "nd", "rd"];

const written: ReadonlyMap<string, string> = new Map([
  ...ordinals.map((word, i): [string, string] => [word, `${i + 1}${endings[i + 1] ?? "th"}`]),
  ...Object.entries({
    avenue: "ave",
    street: "st",
    boulevard: "blvd",
    road: "rd",
    drive: "dr",
    north: "n",
    south: "s",
    east: "e",
    west: "w",
    volume: "vol",
    edition: "ed",
    version: "ver",
    professional: "pro",
    standard: "std",
    deluxe: "dlx",
    macintosh: "mac",
    windows: "win",
    company: "co",
    corporation: "corp",
    incorporated: "inc",
    limited: "ltd",
    international: "intl",
    department: "dept",
    university: "univ",
    proceedings: "proc",
    journal: "j",
    transactions: "trans",
    conference: "conf",
  }),
]);

/** Text as features compare it: folded, and words that are often abbreviated in their short form (`ninth avenue`: `9th ave`). */
export function foldWords(text: string): string {
  return wordsOf(foldText(text))
    .map((word) => written.get(word) ?? word)
    .join(" ");
}
