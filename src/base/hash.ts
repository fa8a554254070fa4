import { createHash } from "node:crypto";
import { pointAt, pointBytes } from "./code-points.ts";

/** SHA-256 of bytes or UTF-8 text, as 64 hex digits. */
export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * A 53-bit hash of text, safe as an exact JavaScript number: for block keys and shard choice, never for security.
 * Source: cyrb53 by bryc (public domain), github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export function hash53(text: string, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  return finished(high, low);
}

/** {@link hash53} of a text that stands in UTF-8 in some bytes. */
export function hash53OfUtf8(bytes: Uint8Array, from: number, to: number, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let at = from; at < to; ) {
    let unit = bytes[at] as number;
    if (unit < 128) at++;
    else {
      const point = pointAt(bytes, at);
      at += pointBytes(unit);
      unit = point;
      if (point > 0xffff) {
        const first = 0xd800 + ((point - 0x10000) >> 10);
        high = Math.imul(high ^ first, 2654435761);
        low = Math.imul(low ^ first, 1597334677);
        unit = 0xdc00 + ((point - 0x10000) & 0x3ff);
      }
    }
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  return finished(high, low);
}

/** A 53-bit hash of two whole numbers below 2^53, in this order; mixed as {@link hash53} mixes letters. */
export function hashPair53(first: number, second: number): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < 4; i++) {
    const number = i < 2 ? first : second;
    const word = (i & 1) === 0 ? number | 0 : (number / 4294967296) | 0;
    high = Math.imul(high ^ word, 2654435761);
    high ^= high >>> 15;
    low = Math.imul(low ^ word, 1597334677);
    low ^= low >>> 13;
  }
  return finished(high, low);
}

function finished(high: number, low: number): number {
  const lastHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  const lastLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(lastHigh ^ (lastHigh >>> 13), 3266489909);
  return 4294967296 * (2097151 & lastLow) + (lastHigh >>> 0);
}

/** JSON with object keys sorted, so equal values give equal text and equal hashes. */
export function stableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isPlainObject(inner) ? sortKeys(inner) : inner), indent);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortKeys(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
