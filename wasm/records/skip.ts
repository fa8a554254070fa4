import { NINES, NOUGHTS } from "./constants";
import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, OPEN_OBJECT, QUOTE, SKIPPED_DEPTH_MAX } from "./layout";

/** The sign that a place of the index leads to. */
export function signAt(index: usize): i32 {
  return <i32>load<u8>(<usize>load<u32>(index));
}

/** The next byte that is not white space; to be asked only where a sign is known to follow. */
export function firstAfter(sign: usize): usize {
  return load<u8>(sign, 1) > 0x20 ? sign + 1 : behindSpace(sign);
}

function behindSpace(sign: usize): usize {
  let at = sign + 2;
  while (load<u8>(at) <= 0x20) at++;
  return at;
}

/** Whether a sign may follow a value. */
export function isBehindValue(sign: i32): bool {
  return sign === COMMA || sign === CLOSE_OBJECT || sign === CLOSE_LIST;
}

/**
 * Passes over the value behind a sign, all of it checked; `index` leads to the sign that follows. Gives the place in the index of
 * the sign behind the value, 0 when it is wrong.
 */
export function skipValue(before: usize, index: usize): usize {
  // Most values are strings, for which no call is made.
  if (<i32>load<u8>(before, 1) === QUOTE && isBehindValue(signAt(index))) return index;
  return skipOther(before, index);
}

function skipOther(before: usize, index: usize): usize {
  const next = <usize>load<u32>(index);
  const sign = <i32>load<u8>(next);
  if ((sign | 0x20) === OPEN_OBJECT) return firstAfter(before) === next ? behindBracket(skipBrackets(index)) : 0;
  if (!isBehindValue(sign)) return 0;
  const first = firstAfter(before);
  const own = <i32>load<u8>(first);
  return own === QUOTE || literalEnd(first, own, next) !== 0 ? index : 0;
}

/** Whether a string follows a sign. */
function beginsString(sign: usize): bool {
  return <i32>load<u8>(sign, 1) === QUOTE || <i32>load<u8>(firstAfter(sign)) === QUOTE;
}

/** The place in the index behind a closing bracket, when a sign stands there that may, with nothing between; else 0. */
export function behindBracket(index: usize): usize {
  if (index === 0 || !isBehindValue(signAt(index))) return 0;
  return firstAfter(<usize>load<u32>(index - 4)) === <usize>load<u32>(index) ? index : 0;
}

/** Passes over the object or list whose bracket a place of the index leads to; gives the place behind its closing bracket. */
export function skipBrackets(index: usize): usize {
  let before = <usize>load<u32>(index);
  let at = index + 4;
  let isObject: u64 = u64(<i32>load<u8>(before) === OPEN_OBJECT);
  // Whether the brackets around are those of objects, the next one in the lowest bit.
  let around: u64 = 0;
  let depth: i32 = 0;
  let isOpening = true;
  while (true) {
    let closer = isObject !== 0 ? CLOSE_OBJECT : CLOSE_LIST;
    let next = <usize>load<u32>(at);
    let sign = <i32>load<u8>(next);
    at += 4;
    if (isOpening && sign === closer && firstAfter(before) === next) {
      // Nothing within.
    } else {
      if (isObject !== 0) {
        if (sign !== COLON || !beginsString(before)) return 0;
        before = next;
        next = <usize>load<u32>(at);
        sign = <i32>load<u8>(next);
        at += 4;
      }
      if (sign === COMMA || sign === closer) {
        if (<i32>load<u8>(before, 1) !== QUOTE) {
          const first = firstAfter(before);
          const own = <i32>load<u8>(first);
          if (own !== QUOTE && literalEnd(first, own, next) === 0) return 0;
        }
      } else {
        if ((sign | 0x20) !== OPEN_OBJECT || firstAfter(before) !== next || ++depth >= SKIPPED_DEPTH_MAX) return 0;
        around = (around << 1) | isObject;
        isObject = u64(sign === OPEN_OBJECT);
        before = next;
        isOpening = true;
        continue;
      }
    }
    while (sign !== COMMA) {
      if (sign !== closer) return 0;
      if (depth === 0) return at;
      depth--;
      isObject = around & 1;
      around >>= 1;
      closer = isObject !== 0 ? CLOSE_OBJECT : CLOSE_LIST;
      before = next;
      next = <usize>load<u32>(at);
      sign = <i32>load<u8>(next);
      at += 4;
      if ((sign !== COMMA && sign !== closer) || firstAfter(before) !== next) return 0;
    }
    before = next;
    isOpening = false;
  }
}

/** The byte after the number, true, false or null that begins with this sign, before `next`; 0 when it is none of them. */
export function literalEnd(at: usize, sign: i32, next: usize): usize {
  let end: usize = 0;
  if (<u32>(sign - 0x30) < 10) {
    if (isShortNumber(at, sign, next)) return next;
    end = numberEnd(at);
  } else if (sign === 0x2d) end = numberEnd(at + 1);
  else if (sign === 0x74) end = load<u32>(at) === 0x65757274 ? at + 4 : 0;
  else if (sign === 0x6e) end = load<u32>(at) === 0x6c6c756e ? at + 4 : 0;
  else if (sign === 0x66) end = load<u32>(at, 1) === 0x65736c61 ? at + 5 : 0;
  return end !== 0 && isEnd(<i32>load<u8>(end)) ? end : 0;
}

/** Whether all up to `next` is a number of at most sixteen signs, digits but for one point: most numbers are. */
function isShortNumber(at: usize, first: i32, next: usize): bool {
  const length = <i32>(next - at);
  if (length > 16) return false;
  const digits = i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(at), v128.load(NOUGHTS)), v128.load(NINES)));
  const others = ~digits & ((1 << length) - 1);
  // Digits of the whole part: of them only a nought alone may begin with a nought.
  const whole = others === 0 ? length : ctz(others);
  if (first === 0x30 && whole !== 1) return false;
  if (others === 0) return true;
  return (others & (others - 1)) === 0 && <i32>load<u8>(at + <usize>whole) === 0x2e && whole + 1 < length;
}

/** What may follow a number or word: white space, a comma or a closing bracket. */
function isEnd(sign: i32): bool {
  return isBehindValue(sign) || sign <= 0x20;
}

/** The byte after a number from its first digit on. */
function numberEnd(first: usize): usize {
  let at = digitsEnd(first);
  if (at === first || (at > first + 1 && load<u8>(first) === 0x30)) return 0;
  let sign = <i32>load<u8>(at);
  if (sign === 0x2e) {
    const fraction = at + 1;
    at = digitsEnd(fraction);
    if (at === fraction) return 0;
    sign = <i32>load<u8>(at);
  }
  if ((sign | 0x20) === 0x65) {
    const after = <i32>load<u8>(at, 1);
    const exponent = at + (after === 0x2b || after === 0x2d ? 2 : 1);
    at = digitsEnd(exponent);
    if (at === exponent) return 0;
  }
  return at;
}

/** Sixteen bytes at a time; they end at the latest at the byte behind the record, which is no digit. */
function digitsEnd(from: usize): usize {
  let at = from;
  while (true) {
    const digits = i8x16.le_u(i8x16.sub(v128.load(at), v128.load(NOUGHTS)), v128.load(NINES));
    const others = ~i8x16.bitmask(digits) & 0xffff;
    if (others !== 0) return at + <usize>ctz(others);
    at += 16;
  }
}
