/** A column of a printed table. */
export interface TextColumnSpec<Row> {
  readonly title: string;
  readonly of: (row: Row) => string | number;
  /** Numbers read best to the right. */
  readonly align?: "left" | "right";
  /** Longer texts are cut with an ellipsis. */
  readonly maxWidth?: number;
}

/** Rows as lines of aligned text under a header, two spaces between columns. */
export function textTable<Row>(rows: readonly Row[], columns: readonly TextColumnSpec<Row>[]): string[] {
  const cells = rows.map((row) => columns.map((column) => cut(String(column.of(row)), column.maxWidth ?? 60)));
  const header = columns.map((column) => column.title);
  const widths = columns.map((_, i) => Math.max(...[header, ...cells].map((line) => displayWidth(line[i] as string))));
  return [header, ...cells].map((line) =>
    line
      .map((cell, i) => pad(cell, widths[i] as number, (columns[i] as TextColumnSpec<Row>).align ?? "left"))
      .join("  ")
      .trimEnd(),
  );
}

function cut(text: string, width: number): string {
  const oneLine = text.replace(/\s+/gu, " ");
  return [...oneLine].length > width ? `${[...oneLine].slice(0, width - 1).join("")}…` : oneLine;
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + space : space + text;
}

/** East Asian wide characters take two columns of a terminal. */
function displayWidth(text: string): number {
  let width = 0;
  for (const char of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(char) ? 2 : 1;
  return width;
}
