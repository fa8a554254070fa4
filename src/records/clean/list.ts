/** The parts of a listed value, trimmed, without empty ones and repeats, in their order. */
export function splitList(text: string, separator: string | null, clean: (part: string) => string): string[] {
  return distinctParts(separator === null ? [text] : text.split(separator), clean);
}

/** The same of parts that are apart already. */
export function distinctParts(parts: readonly string[], clean: (part: string) => string): string[] {
  const kept: string[] = [];
  for (const part of parts) {
    const cleaned = clean(part);
    if (cleaned !== "" && !kept.includes(cleaned)) kept.push(cleaned);
  }
  return kept;
}
