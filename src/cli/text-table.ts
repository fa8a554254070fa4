/** A column of a printed table. */
export interface TextColumnSpec<Row> {
  readonly title: string;
  readonly of: (row: Row) => string | number;
  /** Numbers read best to the right. */
  readonly align?: "left" | "right";
  /** Texts that take more columns of a terminal are cut with an ellipsis. */
  readonly maxWidth?: number;
}

/** Rows as lines of aligned text under a header, two spaces between columns. */
export function textTable<Row>(rows: readonly Row[], columns: readonly TextColumnSpec<Row>[]): string[] {
  const cells = rows.map((row) => columns.map((column) => cutText(String(column.of(row)), column.maxWidth ?? 60)));
  const header = columns.map((column) => column.title);
  const widths = columns.map((_, i) => Math.max(...[header, ...cells].map((line) => displayWidth(line[i] as string))));
  return [header, ...cells].map((line) =>
    line
      .map((cell, i) => padText(cell, widths[i] as number, (columns[i] as TextColumnSpec<Row>).align ?? "left"))
      .join("  ")
      .trimEnd(),
  );
}

/** UTF-16 units that one column may take, marks and joined pictures included. */
const unitsPerColumn = 32;

/** A text on one line that takes at most so many columns of a terminal, cut with an ellipsis where it is longer. */
export function cutText(text: string, width: number): string {
  // Measuring letter by letter takes its time: of a text of megabytes only the beginning is looked at.
  const oneLine = text.slice(0, width * unitsPerColumn).replace(/\s+/gu, " ");
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

function displayWidth(text: string): number {
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
