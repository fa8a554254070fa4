// Code points in UTF-8.

/** The code point that begins with a byte above 127; as src/base/code-points.ts. */
export function pointAt(at: usize): i32 {
  const lead = <i32>load<u8>(at);
  const second = <i32>load<u8>(at, 1) & 63;
  if (lead < 0xe0) return ((lead & 31) << 6) | second;
  const third = <i32>load<u8>(at, 2) & 63;
  if (lead < 0xf0) return ((lead & 15) << 12) | (second << 6) | third;
  return ((lead & 7) << 18) | (second << 12) | (third << 6) | (<i32>load<u8>(at, 3) & 63);
}

/** The bytes of a code point that begins with this one. */
export function pointBytes(lead: i32): usize {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** As hasNoCase of src/linkage/compare/letters.ts. */
export function hasNoCase(point: i32, tableEnd: i32): bool {
  return (
    (point >= tableEnd && point < 0x10a0) ||
    (point >= 0x2010 && point < 0x2070) ||
    (point >= 0x2e80 && point < 0xa640) ||
    (point >= 0xac00 && point < 0xd7b0)
  );
}
