const esc = "\u001b";

/** A colour or weight as `styleText` writes it, or else any control character. */
const styleOrControl = new RegExp(`${esc}\\[[0-9;]*m|\\p{Cc}`, "gu");

/**
 * A text that is safe to print: titles and names come from anywhere, and one with control characters in it could clear
 * the terminal, rename its window or type into it. Line ends and tabs stay; colours stay where they are wanted.
 */
export function printable(text: string, colors: boolean): string {
  return text.replace(styleOrControl, (found) => {
    if (found === "\n" || found === "\t") return found;
    return colors && found.length > 1 ? found : "";
  });
}
