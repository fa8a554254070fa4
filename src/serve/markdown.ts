const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * The Markdown that cards are written in, as HTML: headings, paragraphs, lists, tables, fenced code, emphasis, code and links
 * to http. Whatever else stands there is shown as text; HTML in it is never HTML.
 */
export function markdownToHtml(markdown: string): string {
  return blocksOf(markdown.replaceAll("\r\n", "\n").split("\n")).join("\n");
}

function blocksOf(lines: readonly string[]): string[] {
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string;
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === "") at += 1;
    else if (heading !== null) {
      blocks.push(tagged(`h${(heading[1] as string).length}`, inline(heading[2] as string)));
      at += 1;
    } else {
      const kind = kindOf(lines, at);
      const end = kind.end(lines, at);
      blocks.push(kind.html(lines.slice(at, end)));
      at = end;
    }
  }
  return blocks;
}

interface BlockKind {
  begins(line: string, next: string): boolean;
  /** The line after its last. */
  end(lines: readonly string[], at: number): number;
  html(lines: readonly string[]): string;
}

const fence = /^```/;
const bullet = /^\s*[-*+]\s+/;
const number = /^\s*\d+[.)]\s+/;
const row = /^\s*\|.*\|\s*$/;
const ruler = /^\s*\|[\s|:-]+\|\s*$/;

const code: BlockKind = {
  begins: (line) => fence.test(line),
  end: (lines, at) => {
    const close = lines.findIndex((line, place) => place > at && fence.test(line));
    return close < 0 ? lines.length : close + 1;
  },
  html: (lines) => {
    const inner = lines.slice(1, fence.test(lines.at(-1) ?? "") && lines.length > 1 ? -1 : undefined);
    return `<pre><code>${escaped(inner.join("\n"))}</code></pre>`;
  },
};
const list = (tag: "ul" | "ol", mark: RegExp): BlockKind => ({
  begins: (line) => mark.test(line),
  end: (lines, at) => endOf(lines, at, (line) => mark.test(line)),
  html: (lines) => tagged(tag, lines.map((line) => tagged("li", inline(line.replace(mark, "")))).join("")),
});
const table: BlockKind = {
  begins: (line, next) => row.test(line) && ruler.test(next),
  end: (lines, at) => endOf(lines, at, (line) => row.test(line)),
  html: ([head = "", , ...rows]) =>
    tagged("table", [tagged("tr", cells(head, "th")), ...rows.map((line) => tagged("tr", cells(line, "td")))].join("")),
};
const kinds: readonly BlockKind[] = [code, list("ul", bullet), list("ol", number), table];
const paragraph: BlockKind = {
  begins: () => true,
  end: (lines, at) =>
    endOf(
      lines,
      at,
      (line, next) => line.trim() !== "" && !line.startsWith("#") && !kinds.some((kind) => kind.begins(line, next)),
    ),
  html: (lines) => tagged("p", inline(lines.join("\n"))),
};

function kindOf(lines: readonly string[], at: number): BlockKind {
  return kinds.find((kind) => kind.begins(lines[at] as string, lines[at + 1] ?? "")) ?? paragraph;
}

function endOf(lines: readonly string[], at: number, isInside: (line: string, next: string) => boolean): number {
  const end = lines.findIndex((line, place) => place > at && !isInside(line, lines[place + 1] ?? ""));
  return end < 0 ? lines.length : end;
}

function cells(line: string, tag: "th" | "td"): string {
  const texts = line.trim().slice(1, -1).split("|");
  return texts.map((text) => tagged(tag, inline(text.trim()))).join("");
}

const linkText = /^\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)$/;

/** Code and links first: what stands within an address is no emphasis. */
function inline(text: string): string {
  const parts = text.split(/(`[^`]+`|\[[^\]]+\]\(https?:\/\/[^\s)]+\))/);
  return parts.map((part, place) => (place % 2 === 0 ? marked(part) : piece(part))).join("");
}

function piece(text: string): string {
  const link = linkText.exec(text);
  if (link === null) return tagged("code", escaped(text.slice(1, -1)));
  return `<a href="${escaped(link[2] as string)}">${marked(link[1] as string)}</a>`;
}

function marked(text: string): string {
  return escaped(text)
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\*([^*\s][^*]*)\*/g, "<em>$1</em>");
}

function tagged(tag: string, inner: string): string {
  return `<${tag}>${inner}</${tag}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (found) => escapes[found] as string);
}
