/** Numbers that a vector may have at most. */
const dimensionsMax = 8192;
/** Text beyond this is no vector. */
const charactersMax = dimensionsMax * 32;
const packedMark = "f32:";

/** The vector that a text says, as "[0.1, -0.2]" or as {@link writeVector} writes it; null for anything else. */
export function readVector(text: string): Float32Array | null {
  if (text.length > charactersMax) return null;
  if (text.startsWith(packedMark)) return unpacked(text.slice(packedMark.length));
  const parts = text
    .replace(/^\s*\[|\]\s*$/g, "")
    .split(/[\s,;|]+/)
    .filter((part) => part !== "");
  if (parts.length === 0 || parts.length > dimensionsMax || !parts.every((part) => /^[-+]?[\d.]/.test(part)))
    return null;
  const vector = Float32Array.from(parts, Number);
  return vector.every(Number.isFinite) ? vector : null;
}

/** A vector as a short text: its numbers as 32-bit floats, little-endian, in base64. */
export function writeVector(vector: ArrayLike<number>): string {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4));
  for (let i = 0; i < vector.length; i++) bytes.setFloat32(i * 4, vector[i] as number, true);
  return packedMark + Buffer.from(bytes.buffer).toString("base64");
}

function unpacked(base64: string): Float32Array | null {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length === 0 || bytes.length % 4 !== 0) return null;
  const vector = Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
  return vector.every(Number.isFinite) ? vector : null;
}

/** The vector with length 1; null for one of zeros, which has no direction. */
export function withUnitLength(vector: Float32Array): Float32Array | null {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return null;
  const length = Math.sqrt(vector.reduce((sum, value) => sum + (value / largest) ** 2, 0));
  return vector.map((value) => value / largest / length);
}
