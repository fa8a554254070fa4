/** A text as one word of a shell: as it is where no character of it means anything there, else quoted. */
export function shellWord(text: string): string {
  if (/\p{Cc}/u.test(text)) return `$'${text.replace(/[\\'\p{Cc}]/gu, escaped)}'`;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As bash and zsh read it between `$'` and `'`. */
function escaped(character: string): string {
  if (/[\\']/.test(character)) return `\\${character}`;
  if (character === "\n") return "\\n";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
