// The hash of src/base/hash.ts, which names its source: begun with these two, then a step of each for every unit.

export const HIGH: i32 = <i32>0xdeadbeef;
export const LOW: i32 = 0x41c6ce57;

export function highStep(high: i32, unit: i32): i32 {
  return (high ^ unit) * <i32>2654435761;
}

export function lowStep(low: i32, unit: i32): i32 {
  return (low ^ unit) * 1597334677;
}

export function finished(high: i32, low: i32): f64 {
  const lastHigh = ((high ^ (high >>> 16)) * <i32>2246822507) ^ ((low ^ (low >>> 13)) * <i32>3266489909);
  const lastLow = ((low ^ (low >>> 16)) * <i32>2246822507) ^ ((lastHigh ^ (lastHigh >>> 13)) * <i32>3266489909);
  return <f64>(((<u64>(lastLow & 2097151)) << 32) | <u64>(<u32>lastHigh));
}
