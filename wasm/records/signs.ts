import { BACKSLASHES, CONTROLS, NIBBLES, QUOTES, SIGNS, SPACES } from "./constants";
import { BACKSLASH } from "./layout";

/** Stands behind the last sign: an address whose byte is none. */
const NO_SIGN: usize = memory.data(16);

/** Whether the record that was looked at last holds a backslash. */
export let hasBackslash: bool = false;

/**
 * Writes the addresses of a record's signs, the brackets, commas and colons outside strings, and behind them twice the address of
 * none; gives where they end. 0 when two values stand side by side, a string is not closed, holds a control character or a
 * wrong escape, or a control character stands elsewhere. 64 bytes at a time, as in simdjson's first stage:
 * G. Langdale and D. Lemire, Parsing Gigabytes of JSON per Second, VLDB Journal 28, 2019. Other than there values are not
 * written: they lie between signs, and that there is no more than one is checked here by carries. The relaxed swizzle is an exact
 * one here, since its places are below sixteen.
 */
export function findSigns(start: usize, end: usize, index: usize): usize {
  const quote = v128.load(QUOTES);
  const backslash = v128.load(BACKSLASHES);
  const space = v128.load(SPACES);
  const control = v128.load(CONTROLS);
  const nibble = v128.load(NIBBLES);
  const signs = v128.load(SIGNS);
  let to = index;
  // All ones while a string is open; whether the next byte is escaped; whether the last one was part of a number or word.
  let inString: u64 = 0;
  let nextIsEscaped: u64 = 0;
  let afterBare: u64 = 0;
  // Whether a value came behind the last sign.
  let afterValue: u64 = 0;
  hasBackslash = false;
  for (let at = start; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const left = end - at;
    const valid: u64 = left >= 64 ? ~(<u64>0) : ((<u64>1) << (<u64>left)) - 1;
    let quotes =
      join(
        i8x16.bitmask(i8x16.eq(a, quote)),
        i8x16.bitmask(i8x16.eq(b, quote)),
        i8x16.bitmask(i8x16.eq(c, quote)),
        i8x16.bitmask(i8x16.eq(d, quote)),
      ) & valid;
    const slashA = i8x16.eq(a, backslash);
    const slashB = i8x16.eq(b, backslash);
    const slashC = i8x16.eq(c, backslash);
    const slashD = i8x16.eq(d, backslash);
    if (nextIsEscaped !== 0 || v128.any_true(v128.or(v128.or(slashA, slashB), v128.or(slashC, slashD)))) {
      const slashes =
        join(i8x16.bitmask(slashA), i8x16.bitmask(slashB), i8x16.bitmask(slashC), i8x16.bitmask(slashD)) & valid;
      const escaped = escapedBy(slashes, nextIsEscaped);
      nextIsEscaped = (slashes & ~escaped) >> 63;
      if (slashes !== 0) hasBackslash = true;
      if (!areEscapes(at, escaped & valid, end)) return 0;
      quotes &= ~escaped;
    }
    // Each bit becomes the parity of the quotes up to it.
    let strings = quotes ^ (quotes << 1);
    strings ^= strings << 2;
    strings ^= strings << 4;
    strings ^= strings << 8;
    strings ^= strings << 16;
    strings ^= (strings << 32) ^ inString;
    inString = <u64>(<i64>strings >> 63);
    const low = join(
      i8x16.bitmask(i8x16.le_u(a, space)),
      i8x16.bitmask(i8x16.le_u(b, space)),
      i8x16.bitmask(i8x16.le_u(c, space)),
      i8x16.bitmask(i8x16.le_u(d, space)),
    );
    const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    if (v128.any_true(i8x16.le_u(least, control)) && !areControlsRight(at, low & valid, strings)) return 0;
    const found = join(
      i8x16.bitmask(i8x16.eq(i8x16.relaxed_swizzle(signs, v128.and(a, nibble)), v128.or(a, space))),
      i8x16.bitmask(i8x16.eq(i8x16.relaxed_swizzle(signs, v128.and(b, nibble)), v128.or(b, space))),
      i8x16.bitmask(i8x16.eq(i8x16.relaxed_swizzle(signs, v128.and(c, nibble)), v128.or(c, space))),
      i8x16.bitmask(i8x16.eq(i8x16.relaxed_swizzle(signs, v128.and(d, nibble)), v128.or(d, space))),
    );
    const within = strings ^ quotes;
    const others = ~(found | low) & valid;
    const bare = others & ~quotes;
    const values = others & ~((bare << 1) | afterBare) & ~within;
    afterBare = bare >> 63;
    const outside = found & ~within & valid;
    // What follows a value before any sign: the carry of an addition runs from behind the value through all that is neither.
    const either = values | outside;
    const behind = (values << 1) | afterValue;
    const sum = ~either + (behind & ~either);
    if ((((sum & either) | behind) & values) !== 0) return 0;
    afterValue = u64(sum < ~either) | (values >> 63);
    to = writeAddresses(to, at, outside);
  }
  if (inString !== 0) return 0;
  store<u32>(to, <u32>NO_SIGN);
  store<u32>(to, <u32>NO_SIGN, 4);
  return to;
}

function join(a: i32, b: i32, c: i32, d: i32): u64 {
  return <u64>(<u32>(a | (b << 16))) | ((<u64>(<u32>(c | (d << 16)))) << 32);
}

/** The bytes that a backslash stands before which is not itself escaped. */
function escapedBy(slashes: u64, firstIsEscaped: u64): u64 {
  let escaped = firstIsEscaped;
  let left = slashes & ~firstIsEscaped;
  while (left !== 0) {
    const place = ctz(left);
    if (place === 63) break;
    escaped |= (<u64>2) << place;
    left &= ~((<u64>3) << place);
  }
  return escaped;
}

/** Whether what stands behind backslashes may. */
function areEscapes(at: usize, escaped: u64, end: usize): bool {
  for (let left = escaped; left !== 0; left &= left - 1) {
    const place = at + <usize>ctz(left);
    const sign = <i32>load<u8>(place);
    if (sign === 0x75) {
      if (place + 4 >= end || !isHex(place + 1) || !isHex(place + 2) || !isHex(place + 3) || !isHex(place + 4))
        return false;
    } else if (
      sign !== 0x22 &&
      sign !== BACKSLASH &&
      sign !== 0x2f &&
      sign !== 0x62 &&
      sign !== 0x66 &&
      sign !== 0x6e &&
      sign !== 0x72 &&
      sign !== 0x74
    )
      return false;
  }
  return true;
}

function isHex(at: usize): bool {
  const sign = <i32>load<u8>(at);
  return <u32>(sign - 0x30) < 10 || <u32>((sign | 0x20) - 0x61) < 6;
}

/** Whether control characters are white space between values. */
function areControlsRight(at: usize, low: u64, strings: u64): bool {
  for (let left = low; left !== 0; left &= left - 1) {
    const place = ctz(left);
    const sign = <i32>load<u8>(at + <usize>place);
    if (sign === 0x20) continue;
    if ((strings >> place) & 1) return false;
    if (sign !== 0x0a && sign !== 0x0d && sign !== 0x09) return false;
  }
  return true;
}

/** Eight at a time, whether there are as many or not: a loop that ends at the last one is guessed wrong each time. */
function writeAddresses(to: usize, at: usize, places: u64): usize {
  const count = <usize>popcnt(places);
  let left = places;
  let next = to;
  const after = to + (count << 2);
  do {
    store<u32>(next, <u32>(at + <usize>ctz(left)));
    left &= left - 1;
    store<u32>(next, <u32>(at + <usize>ctz(left)), 4);
    left &= left - 1;
    store<u32>(next, <u32>(at + <usize>ctz(left)), 8);
    left &= left - 1;
    store<u32>(next, <u32>(at + <usize>ctz(left)), 12);
    left &= left - 1;
    store<u32>(next, <u32>(at + <usize>ctz(left)), 16);
    left &= left - 1;
    store<u32>(next, <u32>(at + <usize>ctz(left)), 20);
    left &= left - 1;
    store<u32>(next, <u32>(at + <usize>ctz(left)), 24);
    left &= left - 1;
    store<u32>(next, <u32>(at + <usize>ctz(left)), 28);
    left &= left - 1;
    next += 32;
  } while (next < after);
  return after;
}
