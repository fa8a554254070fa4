import { cleanText } from "./text.ts";

const trailingNote = /\s*[([][^()[\]]*[)\]]$/;

/** A person's name as a list of credits writes it, without the role note in brackets ("(voice)", "(as himself)"). */
export function cleanCredit(text: string): string {
  const name = cleanText(text);
  if (!name.endsWith(")") && !name.endsWith("]")) return name;
  return name.replace(trailingNote, "") || name;
}
