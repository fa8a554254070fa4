const flagsA = new Uint8Array(1024);
const flagsB = new Uint8Array(1024);
const textLengthMax = 1024;

/**
 * Jaro-Winkler similarity over UTF-16 units, in [0, 1]; text beyond 1,024 units is not looked at.
 * W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules", 1990; prefix bonus .1 from .7 upwards.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return a === "" ? 0 : 1;
  const lengthA = Math.min(a.length, textLengthMax);
  const lengthB = Math.min(b.length, textLengthMax);
  if (lengthA === 0 || lengthB === 0) return 0;
  const jaro = jaroOf(a, lengthA, b, lengthB);
  if (jaro <= 0.7) return jaro;
  let prefix = 0;
  while (prefix < 4 && prefix < lengthA && prefix < lengthB && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroOf(a: string, lengthA: number, b: string, lengthB: number): number {
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);
  flagsA.fill(0, 0, lengthA);
  flagsB.fill(0, 0, lengthB);
  let common = 0;
  for (let i = 0; i < lengthA; i++) {
    const unit = a.charCodeAt(i);
    const to = Math.min(lengthB - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      if (flagsB[j] === 1 || b.charCodeAt(j) !== unit) continue;
      flagsA[i] = 1;
      flagsB[j] = 1;
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  const moved = transposed(a, lengthA, b);
  return (common / lengthA + common / lengthB + (common - moved / 2) / common) / 3;
}

function transposed(a: string, lengthA: number, b: string): number {
  let moved = 0;
  let j = 0;
  for (let i = 0; i < lengthA; i++) {
    if (flagsA[i] === 0) continue;
    while (flagsB[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) moved++;
    j++;
  }
  return moved;
}

const editRow = new Uint16Array(textLengthMax + 1);

/** Edits (insert, delete, replace) that turn `a` into `b`, at most `limit` + 1; text beyond 1,024 units is not looked at. */
export function editDistance(a: string, b: string, limit: number): number {
  const lengthA = Math.min(a.length, textLengthMax);
  const lengthB = Math.min(b.length, textLengthMax);
  if (Math.abs(lengthA - lengthB) > limit) return limit + 1;
  for (let j = 0; j <= lengthB; j++) editRow[j] = j;
  for (let i = 1; i <= lengthA; i++) {
    const unit = a.charCodeAt(i - 1);
    let diagonal = editRow[0] as number;
    editRow[0] = i;
    let best = i;
    for (let j = 1; j <= lengthB; j++) {
      const above = editRow[j] as number;
      const cost = b.charCodeAt(j - 1) === unit ? diagonal : 1 + Math.min(diagonal, above, editRow[j - 1] as number);
      editRow[j] = cost;
      diagonal = above;
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
  }
  return Math.min(editRow[lengthB] as number, limit + 1);
}
