/** What JavaScript is read by, from where the last token ended. */
const tokens = {
  regExp: /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  word: /[\w$\u0080-\uffff]+/y,
};

/** What a text is searched for, by how it begins: an escaped sign, which is skipped, or what ends it. */
const stops = {
  "'": /\\[\s\S]|['\n]/g,
  '"': /\\[\s\S]|["\n]/g,
  "`": /\\[\s\S]|`|\$\{/g,
};

/** A `/` after one of these begins a regular expression; after another word, or what ends a value, it divides. */
const keywordBeforeValue = /^(?:return|typeof|case|in|of|delete|void|throw|new|instanceof|await|yield|else|do)$/;
const endOfValue = /[\w$\u0080-\uffff)\]}]$/;

/**
 * JavaScript with spaces in place of comments, texts and regular expressions, everything else where it was: what is left are
 * names and brackets that mean what they look like. Null for what cannot be followed, such as a text without an end.
 */
export function bareCode(code: string): string | null {
  return new BareReader(code).read();
}

class BareReader {
  private readonly code: string;
  private readonly pieces: string[] = [];
  /** How deep the braces around each open `${` are. */
  private readonly holes: number[] = [];
  private at = 0;
  private depth = 0;
  /** What ended before this place, blanks aside. */
  private last = "";

  constructor(code: string) {
    this.code = code;
  }

  read(): string | null {
    while (this.at < this.code.length) {
      const word = this.take(tokens.word);
      if (word !== null) this.keep(word);
      else if (!this.readBlank() && !this.readSign()) return null;
    }
    return this.depth === 0 && this.holes.length === 0 ? this.pieces.join("") : null;
  }

  /** A comment, a text or a regular expression. */
  private readBlank(): boolean {
    if (this.blank(this.takeComment())) return true;
    const sign = this.code[this.at];
    if (sign === '"' || sign === "'") return this.blank(this.takeText(this.at + 1, stops[sign]));
    if (sign !== "/") return false;
    if (endOfValue.test(this.last) && !keywordBeforeValue.test(this.last)) return false;
    if (!this.blank(this.take(tokens.regExp))) return false;
    this.last = ")";
    return true;
  }

  /** One character, and after a backtick or the end of a hole the text of the template. False where a text has no end. */
  private readSign(): boolean {
    const sign = this.code[this.at] as string;
    if (sign === '"' || sign === "'") return false;
    this.at += 1;
    if (sign === "}") this.depth -= 1;
    const endsHole = sign === "}" && this.holes.at(-1) === this.depth;
    if (endsHole) this.holes.pop();
    if (endsHole || sign === "`") {
      this.pieces.push(" ");
      return this.readTemplate();
    }
    if (sign === "{") this.depth += 1;
    this.keep(sign);
    return true;
  }

  private readTemplate(): boolean {
    const text = this.takeText(this.at, stops["`"]);
    const opensHole = text?.endsWith("{") === true;
    if (opensHole) this.holes.push(this.depth++);
    this.last = opensHole ? "(" : ")";
    return this.blank(text);
  }

  private take(token: RegExp): string | null {
    token.lastIndex = this.at;
    const found = token.exec(this.code)?.[0] ?? null;
    this.at += found?.length ?? 0;
    return found;
  }

  /** Searched for its end as a text is: it can be a source map of megabytes. */
  private takeComment(): string | null {
    const isLine = this.code.startsWith("//", this.at);
    if (!isLine && !this.code.startsWith("/*", this.at)) return null;
    const found = isLine ? this.code.indexOf("\n", this.at) : this.code.indexOf("*/", this.at + 2);
    if (found < 0 && !isLine) return null;
    const end = found < 0 ? this.code.length : found + (isLine ? 0 : 2);
    const comment = this.code.slice(this.at, end);
    this.at = end;
    return comment;
  }

  /** From here to what ends the text, with it: a quote, in a template also `${`. Null where nothing does. */
  private takeText(from: number, ends: RegExp): string | null {
    ends.lastIndex = from;
    let end = ends.exec(this.code)?.[0];
    while (end?.startsWith("\\")) end = ends.exec(this.code)?.[0];
    if (end === undefined || end === "\n") return null;
    const text = this.code.slice(this.at, ends.lastIndex);
    this.at = ends.lastIndex;
    return text;
  }

  private keep(text: string): void {
    this.pieces.push(text);
    if (/\S/.test(text)) this.last = text;
  }

  private blank(text: string | null): boolean {
    if (text !== null) this.pieces.push(blanksFor(text));
    return text !== null;
  }
}

/** As many spaces, in the same lines. No regular expression: one that repeats a sign runs out of stack on a line of megabytes. */
function blanksFor(text: string): string {
  return text
    .split("\n")
    .map((line) => " ".repeat(line.length))
    .join("\n");
}
