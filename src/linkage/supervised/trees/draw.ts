/**
 * Whether the thing with this key is among those drawn in a round, each with the same chance `share`. Only key, seed and
 * round decide, so the order of things means nothing. Mixing: the finaliser of MurmurHash3 (A. Appleby, public domain).
 */
export function isDrawn(key: number, seed: number, round: number, share: number): boolean {
  if (share >= 1) return true;
  const high = Math.floor(key / 4294967296) >>> 0;
  const mixed = mix(
    mix(mix((key >>> 0) ^ 0x9e3779b9) ^ high) ^ Math.imul(seed + 1, 0x85ebca6b) ^ Math.imul(round + 1, 0xc2b2ae35),
  );
  return mixed / 4294967296 < share;
}

function mix(word: number): number {
  let mixed = word >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
