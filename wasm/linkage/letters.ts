/** As hasNoCase of src/linkage/compare/letters.ts. */
export function hasNoCase(point: i32, tableEnd: i32): bool {
  return (
    (point >= tableEnd && point < 0x10a0) ||
    (point >= 0x2010 && point < 0x2070) ||
    (point >= 0x2e80 && point < 0xa640) ||
    (point >= 0xac00 && point < 0xd7b0)
  );
}
