import type { Arena } from "../arena.ts";

/**
 * Works with scratch memory behind the next `room` bytes of the arena, of which it takes `scratchBytes` at most, and gives it
 * back as zeros; undefined where the arena is too small for both.
 */
export function withScratch<T>(
  arena: Arena,
  room: number,
  scratchBytes: number,
  work: (scratch: Arena) => T,
): T | undefined {
  if (!arena.hasRoomFor(room + scratchBytes)) return undefined;
  const scratch = arena.beyond(room);
  try {
    return work(scratch);
  } finally {
    scratch.wipe();
  }
}
