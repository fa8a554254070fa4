const trailingYear = /^(.*\S)\s*[([](\d{4})[)\]]$/;

/** A title and the year that a bracket at its end says, as in "Heat (1995)". */
export function splitTitleYear(title: string): { title: string; year: number } | null {
  const last = title.charCodeAt(title.length - 1);
  if (last !== 41 && last !== 93) return null;
  const parts = trailingYear.exec(title);
  const year = Number(parts?.[2]);
  return parts && year >= 1870 && year <= 2100 ? { title: parts[1] as string, year } : null;
}
