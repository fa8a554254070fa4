// Where things stand in the plan by which the texts of a column chunk are numbered, in bytes from its start.
// src/columns/kernel-text-numbers.ts writes it.

/** The distinct texts end to end, and where each ends: from 0, one more than texts. */
export const TEXTS: usize = 0;
export const OFFSETS: usize = 4;
/** The hash of each text. */
export const HASHES: usize = 8;
/** A table by hash: the hash, then the number of the text + 1 or 0 for none. */
export const SLOTS: usize = 12;
/** How many slots are in use less one; they double when half of them are taken. */
export const SLOT_MASK: usize = 16;
/** How many texts there are. */
export const SIZE: usize = 20;
/** Not 0 when a text begins in the midst of a letter. */
export const TORN: usize = 24;
