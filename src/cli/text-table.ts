import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** A column of a printed table. */
export interface TextColumnSpec<Row> {
  readonly title: string;
  readonly of: (row: Row) => string | number;
  /** Numbers read best to the right, and are never cut: half a number is another. */
  readonly align?: "left" | "right";
  /** Texts that take more columns of a terminal are cut with an ellipsis. */
  readonly maxWidth?: number;
  /** A text that says nothing when it is cut, such as a moment. */
  readonly isWhole?: boolean;
}

/** A column with what stands in it, as wide as it is printed. */
interface FilledColumn {
  readonly title: string;
  readonly cells: readonly string[];
  readonly align: "left" | "right";
  /** What the column may be cut to. */
  readonly leastWidth: number;
  readonly width: number;
}

const gap = "  ";

/** A text that is cut shorter tells nothing. */
const leastTextWidth = 8;

/** Prints rows as a table that fits the terminal, each line after `indent`. */
export function printTable<Row>(
  terminal: Terminal,
  rows: readonly Row[],
  columns: readonly TextColumnSpec<Row>[],
  indent = "",
): void {
  for (const line of textTable(rows, columns, terminal.width - indent.length)) terminal.line(indent + line);
}

/**
 * Rows as lines of aligned text under a header. Columns in which nothing stands are left out; where the others are wider
 * than `width` together, texts are cut, the widest first.
 */
export function textTable<Row>(rows: readonly Row[], columns: readonly TextColumnSpec<Row>[], width: number): string[] {
  const filled = columns
    .map((column) => fill(rows, column))
    .filter(({ cells }) => rows.length === 0 || cells.some((cell) => cell !== ""));
  const fitted = cutToFit(filled, width - gap.length * (filled.length - 1));
  return Array.from({ length: rows.length + 1 }, (_, line) =>
    fitted
      .map(({ title, cells, width: most, align }) =>
        padText(cutText(line === 0 ? title : (cells[line - 1] as string), most), most, align),
      )
      .join(gap)
      .trimEnd(),
  );
}

function fill<Row>(
  rows: readonly Row[],
  { title, of, align = "left", maxWidth = 60, isWhole = align === "right" }: TextColumnSpec<Row>,
): FilledColumn {
  const cells = rows.map((row) => cutText(String(of(row)), maxWidth));
  const width = cells.reduce((most, cell) => Math.max(most, displayWidth(cell)), displayWidth(title));
  const leastWidth = isWhole ? width : Math.min(width, Math.max(leastTextWidth, displayWidth(title)));
  return { title, cells, align, leastWidth, width };
}

/** Takes column after column from the widest that may be cut, until all fit or none may. */
function cutToFit(columns: readonly FilledColumn[], width: number): readonly FilledColumn[] {
  const fitted = [...columns];
  for (let over = fitted.reduce((sum, each) => sum + each.width, -width); over > 0; over--) {
    const widest = fitted
      .filter((each) => each.width > each.leastWidth)
      .reduce<FilledColumn | undefined>((best, each) => (best && best.width > each.width ? best : each), undefined);
    if (widest === undefined) break;
    fitted[fitted.indexOf(widest)] = { ...widest, width: widest.width - 1 };
  }
  return fitted;
}

/** UTF-16 units that one column may take, marks and joined pictures included. */
const unitsPerColumn = 32;

/** A text on one line that takes at most so many columns of a terminal, cut with an ellipsis where it is longer. */
export function cutText(text: string, width: number): string {
  // Measuring letter by letter takes its time: of a text of megabytes only the beginning is looked at.
  const oneLine = printable(text.slice(0, width * unitsPerColumn), false).replace(/\s+/gu, " ");
  if (displayWidth(oneLine) <= width) return oneLine;
  let kept = "";
  let left = width - 1;
  for (const { segment } of graphemes.segment(oneLine)) {
    left -= segmentWidth(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** A text filled up with spaces to so many columns of a terminal. */
export function padText(text: string, width: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + space : space + text;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += segmentWidth(segment);
  return width;
}

/** East Asian wide characters and pictures take two columns of a terminal; marks take none beside their letter. */
function segmentWidth(segment: string): number {
  const isWide =
    /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{20000}-\u{3fffd}]/u.test(
      segment,
    ) || /^\p{Emoji_Presentation}|\ufe0f/u.test(segment);
  return isWide ? 2 : 1;
}
