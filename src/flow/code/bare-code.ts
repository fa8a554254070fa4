/** What JavaScript is read by, from where the last token ended. Plain stretches of texts are one step each, however long they are. */
const tokens = {
  blank: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'/y,
  regExp: /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  /** The text of a template up to its end or its next `${`. */
  template: /[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*(?:`|\$\{)/y,
  word: /[\w$\u0080-\uffff]+/y,
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
    if (this.blank(this.take(tokens.blank))) return true;
    if (this.code[this.at] !== "/") return false;
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
    const text = this.take(tokens.template);
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

  private keep(text: string): void {
    this.pieces.push(text);
    if (/\S/.test(text)) this.last = text;
  }

  private blank(text: string | null): boolean {
    if (text !== null) this.pieces.push(text.replace(/[^\n]/g, " "));
    return text !== null;
  }
}
