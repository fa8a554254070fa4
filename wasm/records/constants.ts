// Constants of sixteen bytes, one byte repeated, that are loaded from memory: V8 makes a constant vector anew, in three
// instructions, wherever it is used, and within loops too; what was loaded stays in a register.

/** A quote. */
export const QUOTES: usize = memory.data<u32>([0x22222222, 0x22222222, 0x22222222, 0x22222222], 16);
/** A backslash. */
export const BACKSLASHES: usize = memory.data<u32>([0x5c5c5c5c, 0x5c5c5c5c, 0x5c5c5c5c, 0x5c5c5c5c], 16);
/** A space, which is also the bit by which brackets of both kinds differ. */
export const SPACES: usize = memory.data<u32>([0x20202020, 0x20202020, 0x20202020, 0x20202020], 16);
/** The last control character. */
export const CONTROLS: usize = memory.data<u32>([0x1f1f1f1f, 0x1f1f1f1f, 0x1f1f1f1f, 0x1f1f1f1f], 16);
/** The low half of a byte. */
export const NIBBLES: usize = memory.data<u32>([0x0f0f0f0f, 0x0f0f0f0f, 0x0f0f0f0f, 0x0f0f0f0f], 16);
/** By the low half of a byte the sign it may be. */
export const SIGNS: usize = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0], 16);
/** The digit nought. */
export const NOUGHTS: usize = memory.data<u32>([0x30303030, 0x30303030, 0x30303030, 0x30303030], 16);
/** The number nine. */
export const NINES: usize = memory.data<u32>([0x09090909, 0x09090909, 0x09090909, 0x09090909], 16);
/** Sixteen bytes of ones and sixteen of none: from `16 - n` on, ones for the first `n`. */
export const FIRST_BYTES: usize = memory.data<u32>([-1, -1, -1, -1, 0, 0, 0, 0], 16);
