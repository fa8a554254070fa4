// Words of memory by their place in an array.

export function at32(from: usize, index: i32): i32 {
  return load<i32>(from + ((<usize>index) << 2));
}

export function set32(to: usize, index: i32, value: i32): void {
  store<i32>(to + ((<usize>index) << 2), value);
}

export function at64(from: usize, index: i32): u64 {
  return load<u64>(from + ((<usize>index) << 3));
}

export function set64(to: usize, index: i32, value: u64): void {
  store<u64>(to + ((<usize>index) << 3), value);
}

export function atFloat(from: usize, index: i32): f64 {
  return load<f64>(from + ((<usize>index) << 3));
}

export function setFloat(to: usize, index: i32, value: f64): void {
  store<f64>(to + ((<usize>index) << 3), value);
}

/** The address that stands in a plan. */
export function word(plan: usize, at: usize): usize {
  return <usize>load<i32>(plan + at);
}
