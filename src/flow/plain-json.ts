/**
 * Where a value holds what JSON drops without a word or turns into something else: functions, symbols, maps, sets, bytes, errors,
 * patterns, and numbers that are none (NaN would come back as null). Null when it holds none. Types refuse most of these
 * already; this is for flows that no type checker read, and for numbers, which types do not tell apart.
 * @param above the objects that the value is inside of, for a value that may lead back to one of them
 */
export function lossyPlace(value: unknown, above: ReadonlySet<unknown> | null = null, place = "it"): string | null {
  const kind = lossyKind(value);
  if (kind !== null) return `${place} is ${kind}`;
  if (typeof value !== "object" || value === null || "toJSON" in value) return null;
  if (above?.has(value)) return `${place} is circular: it leads back to what it is inside of`;
  const inside = above === null ? null : new Set(above).add(value);
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      if (isPlainLeaf(inner)) continue;
      const found = lossyPlace(inner, inside, `${place}[${index}]`);
      if (found !== null) return found;
    }
    return null;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (isPlainLeaf(inner)) continue;
    const found = lossyPlace(inner, inside, `${place}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

/** Why `JSON.stringify` threw at a value: where in it, if that can be found. */
export function unwritablePlace(value: unknown, error: unknown): string {
  const { message } = error as Error;
  if (error instanceof RangeError) return "it is nested too deeply";
  return lossyPlace(value, new Set()) ?? message;
}

function isPlainLeaf(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

function lossyKind(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? null : `${value}`;
  if (typeof value === "function" || typeof value === "symbol" || isBareBigint(value)) return `a ${typeof value}`;
  if (typeof value !== "object" || value === null) return null;
  if (value instanceof Map || value instanceof Set || value instanceof Promise) return `a ${value.constructor.name}`;
  if (value instanceof RegExp) return "a RegExp";
  if (value instanceof Error && !("toJSON" in value)) return "an error";
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? "bytes" : null;
}

/** One that no program taught to write itself as JSON. */
function isBareBigint(value: unknown): boolean {
  return typeof value === "bigint" && !("toJSON" in Object(value));
}
