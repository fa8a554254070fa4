import type { TextSpan } from "./span.ts";

/** The most blocks read of one document. */
const maxBlocks = 100_000;

/**
 * The paragraphs of a text from `from` on: parted by blank lines; headings, fenced code and tables are left out, since
 * they are no sentences.
 */
export function proseBlocks(text: string, from: number): TextSpan[] {
  const blocks: TextSpan[] = [];
  let block: TextSpan | undefined;
  let isFenced = false;
  const close = (): void => {
    if (block !== undefined) blocks.push(block);
    block = undefined;
  };
  for (let start = from; start < text.length && blocks.length < maxBlocks; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found + 1;
    const line = text.slice(start, end);
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    if (isFenced || isNoProse(line)) close();
    else {
      if (/^\s*(?:[-*+]|\d+[.)])\s/.test(line)) close();
      block = { start: block?.start ?? start, end };
    }
    start = end;
  }
  close();
  return blocks;
}

function isNoProse(line: string): boolean {
  return line.trim() === "" || /^\s*(?:#{1,6}\s|\||```|~~~|(?:[-=*_]\s*){3,}$)/.test(line);
}
