/** A stretch of a text, in UTF-16 units, end excluded. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Something recognised in a text: the span is all of it (marks and year too), the surface its name alone. */
export interface NamedSpan extends TextSpan {
  readonly kind: "title" | "name" | "year";
  readonly surface: string;
  /** For titles, where "(1979)" follows. */
  readonly year?: number;
}

/** True if any of the spans shares a character with `span`. */
export function overlapsAny(spans: readonly TextSpan[], span: TextSpan): boolean {
  return spans.some((other) => other.start < span.end && span.start < other.end);
}
