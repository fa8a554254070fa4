/**
 * Reads `count` whole numbers of `width` bits, written as runs and bit-packed groups of eight, as elements of type T. False for
 * what is not whole: src/records/read/parquet-hybrid.ts, which says the same in TypeScript, then has the say.
 */
export function readHybrid<T>(from: usize, to: usize, width: i32, out: usize, count: i32): bool {
  if (width === 0) {
    memory.fill(out, 0, <usize>count * sizeof<T>());
    return true;
  }
  if (width > 32) return false;
  const mask: u64 = ((<u64>1) << (<u64>width)) - 1;
  const valueBytes = <usize>((width + 7) >> 3);
  let at = from;
  for (let seen = 0; seen < count; ) {
    let head: u32 = 0;
    for (let shift: u32 = 0; ; shift += 7) {
      if (at >= to || shift > 28) return false;
      const byte = <u32>load<u8>(at++);
      head |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const length = head >>> 1;
    const isRun = (head & 1) === 0;
    const taken = <i32>min<u64>(isRun ? <u64>length : (<u64>length) << 3, <u64>(count - seen));
    const needed = isRun ? <u64>valueBytes : (<u64>taken * <u64>width + 7) >> 3;
    if (needed > <u64>(to - at)) return false;
    const start = out + <usize>seen * sizeof<T>();
    if (isRun) fill<T>(start, taken, <u32>(load<u64>(at) & mask));
    else unpack<T>(at, width, mask, start, taken);
    seen += taken;
    // Beyond the end only where nothing is left to read.
    at += isRun ? valueBytes : <usize>min<u64>(<u64>length * <u64>width, <u64>(to - at));
  }
  return true;
}

function fill<T>(out: usize, count: i32, value: u32): void {
  for (let i = 0; i < count; i++) store<T>(out + <usize>i * sizeof<T>(), <T>value);
}

/** Reads up to seven bytes beyond the last one. */
function unpack<T>(from: usize, width: i32, mask: u64, out: usize, count: i32): void {
  let bit: u64 = 0;
  for (let i = 0; i < count; i++) {
    const value = (load<u64>(from + <usize>(bit >> 3)) >> (bit & 7)) & mask;
    store<T>(out + <usize>i * sizeof<T>(), <T>value);
    bit += <u64>width;
  }
}
