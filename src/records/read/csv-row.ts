import { BadRow } from "./rejects.ts";

/**
 * The fields of one delimited record. Where quotes enclose fields they are resolved; where they are letters (`quoted` false)
 * only a field that is enclosed and doubles its inner quotes is, since nobody writes that by chance.
 * @throws BadRow when a quote is not closed, or text follows a closing quote
 */
export function parseCsvRow(text: string, delimiter: string, quoted = true): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  return quoted ? parseQuoted(text, delimiter) : text.split(delimiter).map(unquoteDoubled);
}

const doubledInside = /^"(?=.*"")(?:[^"]|"")*"$/;

function unquoteDoubled(field: string): string {
  return doubledInside.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field;
}

function parseQuoted(text: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      const field = text.slice(at + 1, end);
      fields.push(field.includes('""') ? field.replaceAll('""', '"') : field);
      if (end + 1 === text.length) return fields;
      if (text[end + 1] !== delimiter) {
        throw new BadRow(
          `text after the closing quote of field ${fields.length}`,
          `"${delimiter}" or the end of the line`,
        );
      }
      at = end + 2;
    } else {
      const end = text.indexOf(delimiter, at);
      fields.push(end < 0 ? text.slice(at) : text.slice(at, end));
      if (end < 0) return fields;
      at = end + delimiter.length;
    }
  }
}

function closingQuote(text: string, open: number): number {
  for (let end = text.indexOf('"', open + 1); end >= 0; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] !== '"') return end;
  }
  throw new BadRow("a quote that is never closed", "a closing quote in the same record");
}
