/** The parts of a listed value, trimmed, without empty ones and repeats, in their order. */
export function splitList(text: string, separator: string | null, clean: (part: string) => string): string[] {
  const parts = separator === null ? [text] : text.split(separator);
  const kept: string[] = [];
  for (const part of parts) {
    const cleaned = clean(part);
    if (cleaned !== "" && !kept.includes(cleaned)) kept.push(cleaned);
  }
  return kept;
}
