import { copyText } from "../bytes";

/**
 * Expands a block of Snappy: https://github.com/google/snappy/blob/main/format_description.txt. Copies sixteen bytes at a time:
 * those behind `outEnd` and `to` are the caller's to spare. False for what is not whole, or does not give the bytes up to `outEnd`.
 */
export function snappy(from: usize, to: usize, out: usize, outEnd: usize): bool {
  let at = from;
  let length: u64 = 0;
  for (let shift: u64 = 0; ; shift += 7) {
    if (at >= to || shift > 28) return false;
    const byte = <u64>load<u8>(at++);
    length |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  if (length !== <u64>(outEnd - out)) return false;
  let end = out;
  while (at < to) {
    const tag = <usize>load<u8>(at++);
    const kind = tag & 3;
    if (kind === 0) {
      let size = (tag >> 2) + 1;
      if (size > 60) {
        const bytes = size - 60;
        if (to - at < bytes) return false;
        // Of four bytes, all ones would come to 0 with one more: so long a literal cannot lie between the ends anyway.
        size = (<usize>load<u32>(at) & (<usize>0xffffffff >> ((4 - bytes) << 3))) + 1;
        at += bytes;
      }
      if (size > to - at || size > outEnd - end) return false;
      copyText(end, at, size);
      at += size;
      end += size;
      continue;
    }
    const bytes: usize = kind === 1 ? 1 : kind === 2 ? 2 : 4;
    if (to - at < bytes) return false;
    const size = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const word = <usize>load<u32>(at);
    const offset = kind === 1 ? ((tag >> 5) << 8) | (word & 255) : kind === 2 ? word & 0xffff : word;
    at += bytes;
    if (offset === 0 || offset > end - out || size > outEnd - end) return false;
    repeat(end, offset, size);
    end += size;
  }
  return end === outEnd;
}

/** Copies what stands `offset` bytes before: bytes that this writes itself come again. */
function repeat(to: usize, offset: usize, size: usize): void {
  if (offset >= 16) for (let i: usize = 0; i < size; i += 16) v128.store(to + i, v128.load(to + i - offset));
  else if (offset >= 8) for (let i: usize = 0; i < size; i += 8) store<u64>(to + i, load<u64>(to + i - offset));
  else for (let i: usize = 0; i < size; i++) store<u8>(to + i, load<u8>(to + i - offset));
}
