import { asInJson, maskSecrets } from "../../task/secrets.ts";

const keptLength = 4_000;

/** What of a long farewell stands in a message; its log has all of it. */
const toldLength = 500;

/** The end of what a worker printed outside of its tasks' logs, such as how its runtime died. No secret is in it. */
export class LastWords {
  private readonly secrets: Readonly<Record<string, string>>;
  private text = "";
  private isCut = false;

  constructor(secrets: Readonly<Record<string, string>>) {
    this.secrets = secrets;
  }

  add(chunk: string): void {
    const text = this.text + chunk;
    this.isCut ||= text.length > keptLength;
    this.text = text.slice(-keptLength);
  }

  toString(): string {
    const masked = maskSecrets(this.text, this.secrets);
    return (this.isCut ? withoutEndOfSecret(masked, this.secrets) : masked).trim();
  }
}

/** What was cut may have begun in a secret, of which no mask knows the rest. */
function withoutEndOfSecret(text: string, secrets: Readonly<Record<string, string>>): string {
  const forms = Object.values(secrets).flatMap((value) => [value, asInJson(value)]);
  const ends = forms.flatMap((form) => Array.from(form, (_character, place) => form.slice(place + 1)));
  const longest = Math.max(0, ...ends.filter((end) => text.startsWith(end)).map((end) => end.length));
  return text.slice(longest);
}

/**
 * What last words come to: the error that nobody caught or the runtime's own fatal one, without the source line and the stacks
 * that Node prints around it; of anything else the end.
 */
export function gistOf(lastWords: string): string {
  const fatal = /^FATAL ERROR: .*/m.exec(lastWords)?.[0];
  if (fatal !== undefined) return fatal;
  const uncaught = /(?:^|\n)\s*\^+\s*\n+([\s\S]*)/.exec(lastWords)?.[1] ?? lastWords;
  const [said = ""] = uncaught.split(/\n\s+at |\n+-----|^-----|\n+Node\.js v/);
  const gist = said.trim();
  return gist.length > toldLength ? `… ${gist.slice(-toldLength)}` : gist;
}
