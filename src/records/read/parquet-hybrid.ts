/**
 * Reads `out.length` whole numbers of `width` bits each, written as runs and bit-packed groups of eight:
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/ (RLE)
 * @throws Error where the bytes end early
 */
export function readHybrid(
  bytes: Uint8Array,
  from: number,
  to: number,
  width: number,
  out: Uint8Array | Int32Array,
): void {
  if (width === 0) {
    out.fill(0);
    return;
  }
  let at = from;
  for (let seen = 0; seen < out.length; ) {
    if (at >= to) throw new Error("a page ends early");
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      head |= (byte & 127) << shift;
      if (byte < 128 || shift > 28) break;
    }
    const count = head >>> 1;
    if ((head & 1) === 0) {
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value |= (bytes[at++] as number) << shift;
      const end = Math.min(seen + count, out.length);
      if (end - seen < 16) while (seen < end) out[seen++] = value;
      else out.fill(value, seen, end);
      seen = end;
    } else {
      const end = Math.min(seen + count * 8, out.length);
      unpack(bytes, at, width, out, seen, end);
      at += count * width;
      seen = end;
    }
  }
}

function unpack(
  bytes: Uint8Array,
  from: number,
  width: number,
  out: Uint8Array | Int32Array,
  start: number,
  end: number,
): void {
  let at = from;
  const mask = width === 32 ? -1 : (1 << width) - 1;
  if (width > 24) {
    for (let i = start, bit = 0; i < end; i++, bit += width) out[i] = bitsAt(bytes, from, bit, width);
    return;
  }
  let held = 0;
  let bits = 0;
  for (let i = start; i < end; i++) {
    while (bits < width) {
      held |= (bytes[at++] as number) << bits;
      bits += 8;
    }
    out[i] = held & mask;
    held >>>= width;
    bits -= width;
  }
}

function bitsAt(bytes: Uint8Array, from: number, bit: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) {
    const place = bit + i;
    value |= (((bytes[from + (place >> 3)] as number) >> (place & 7)) & 1) << i;
  }
  return value;
}
