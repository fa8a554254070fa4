/**
 * Where a value holds what JSON drops without a word or turns into `{}`: functions, symbols, maps, sets and bytes. Null when it
 * holds none. Types refuse such results already; this is for flows that no type checker read.
 */
export function lossyPlace(value: unknown, place = "it"): string | null {
  const kind = lossyKind(value);
  if (kind !== null) return `${place} is ${kind}`;
  if (typeof value !== "object" || value === null || "toJSON" in value) return null;
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      if (isPlainLeaf(inner)) continue;
      const found = lossyPlace(inner, `${place}[${index}]`);
      if (found !== null) return found;
    }
    return null;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (isPlainLeaf(inner)) continue;
    const found = lossyPlace(inner, `${place}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

function isPlainLeaf(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function lossyKind(value: unknown): string | null {
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (value instanceof Map || value instanceof Set || value instanceof Promise) return `a ${value.constructor.name}`;
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? "bytes" : null;
}
