/** A text as one word of a shell: as it is where no character of it means anything there, else quoted. */
export function shellWord(text: string): string {
  if (/\p{Cc}/u.test(text)) return `$'${text.replace(/[\\'\p{Cc}]/gu, escaped)}'`;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As bash and zsh read it between `$'` and `'`. */
function escaped(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0x80) return `\\u${code.toString(16).padStart(4, "0")}`;
  return character === "\n"
    ? "\\n"
    : code < 0x20 || code === 0x7f
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\${character}`;
}
