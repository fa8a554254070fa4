const textLengthMax = 1024;
const pointsA = new Int32Array(textLengthMax);
const pointsB = new Int32Array(textLengthMax);
const flagsA = new Uint8Array(textLengthMax);
const flagsB = new Uint8Array(textLengthMax);

/**
 * Jaro-Winkler similarity over code points, in [0, 1]; text beyond 1,024 of them is not looked at.
 * W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules", 1990; prefix bonus .1 above .7, and half of an
 * odd number of moved symbols rounded down, as in rapidfuzz.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const lengthA = readPoints(a, pointsA);
  const lengthB = readPoints(b, pointsB);
  if (lengthA === 0 || lengthB === 0) return 0;
  const jaro = jaroOf(lengthA, lengthB);
  if (jaro <= 0.7) return jaro;
  let prefix = 0;
  while (prefix < 4 && prefix < lengthA && prefix < lengthB && pointsA[prefix] === pointsB[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Writes the code points of a text; gives how many. */
function readPoints(text: string, points: Int32Array): number {
  let length = 0;
  for (let unit = 0; unit < text.length && length < textLengthMax; length++) {
    const point = text.codePointAt(unit) as number;
    points[length] = point;
    unit += point > 0xffff ? 2 : 1;
  }
  return length;
}

function jaroOf(lengthA: number, lengthB: number): number {
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);
  flagsA.fill(0, 0, lengthA);
  flagsB.fill(0, 0, lengthB);
  let common = 0;
  for (let i = 0; i < lengthA; i++) {
    const point = pointsA[i];
    const to = Math.min(lengthB - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      if (flagsB[j] === 1 || pointsB[j] !== point) continue;
      flagsA[i] = 1;
      flagsB[j] = 1;
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  return (common / lengthA + common / lengthB + (common - (movedOf(lengthA) >> 1)) / common) / 3;
}

/** How many of the common symbols stand in another order. */
function movedOf(lengthA: number): number {
  let moved = 0;
  let j = 0;
  for (let i = 0; i < lengthA; i++) {
    if (flagsA[i] === 0) continue;
    while (flagsB[j] === 0) j++;
    if (pointsA[i] !== pointsB[j]) moved++;
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
