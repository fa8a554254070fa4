import { areEqual } from "../bytes";
import { BACKSLASHES } from "./constants";
import { queueText } from "./dictionary";
import {
  BACKSLASH,
  CHILD_BYTES,
  CHILD_KEY,
  CHILD_KEY_LENGTH,
  CHILD_NODE,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COLUMN_COUNT,
  COMMA,
  ESCAPED,
  IDS,
  INDEX,
  ITEM_COUNT,
  ITEMS,
  AS_JSON,
  LIST_MARK,
  NODE_CHILD_MASK,
  NODE_CHILDREN,
  NODE_COLUMN,
  NODE_DEEPEST,
  NODE_STAMP,
  NONE,
  OPEN_LIST,
  OPEN_OBJECT,
  PLAIN,
  QUOTE,
  ROOT,
  ROW,
  ROWS_MAX,
  STAMP,
  UNESCAPED,
  UNTOUCHED,
} from "./layout";
import { hasBackslash, findSigns } from "./signs";
import { NO_TEXT, unescapeText } from "./unescape";
import { behindBracket, firstAfter, isBehindValue, literalEnd, signAt, skipBrackets, skipValue } from "./skip";

const NULL_SIGN: i32 = 0x6e;
/** What became of a value, besides NONE. */
const QUEUED: i32 = 0;
const WRONG: i32 = -9;
/** The letters of `name`. */
const NAME: u32 = 0x656d616e;
/** How long the same with an escape is at the least, as n\u0061me, with its quotes. */
const ESCAPED_NAME: usize = 11;

/** Where the next escaped text of the record is written. */
let unescapedAt: usize = 0;

/** Reads a record into the row; false when it is left to JSON.parse. */
export function projectRecord(plan: usize, start: usize, end: usize): bool {
  const index = <usize>load<i32>(plan, INDEX);
  unescapedAt = <usize>load<i32>(plan, UNESCAPED);
  const last = findSigns(start, end, index);
  if (last === 0 || last === index || signAt(index) !== OPEN_OBJECT) return false;
  if (firstAfter(start - 1) !== <usize>load<u32>(index)) return false;
  if (readObject(plan, <usize>load<i32>(plan, ROOT), index) !== last) return false;
  for (let at = <usize>load<u32>(last - 4) + 1; at < end; at++) if (load<u8>(at) > 0x20) return false;
  return true;
}

/** Takes back what was read of a record. */
export function untouch(plan: usize): void {
  const stride = (<usize>load<i32>(plan, ROWS_MAX)) << 2;
  let at = <usize>load<i32>(plan, IDS) + ((<usize>load<i32>(plan, ROW)) << 2);
  for (let column = load<i32>(plan, COLUMN_COUNT); column > 0; column--) {
    store<i32>(at, UNTOUCHED);
    at += stride;
  }
}

/** The members of the object whose bracket a place of the index leads to; gives the place behind it, 0 when it is wrong. */
function readObject(plan: usize, node: usize, index: usize): usize {
  let before = <usize>load<u32>(index);
  let at = index + 4;
  if (signAt(at) === CLOSE_OBJECT) return firstAfter(before) === <usize>load<u32>(at) ? at + 4 : 0;
  while (true) {
    const colon = <usize>load<u32>(at);
    if (<i32>load<u8>(colon) !== COLON) return 0;
    const opening = firstAfter(before);
    if (<i32>load<u8>(opening) !== QUOTE) return 0;
    const closing = quoteBefore(colon);
    if (hasBackslash && holdsBackslash(opening + 1, closing)) return 0;
    const child = childOf(node, opening + 1, <i32>(closing - opening - 1));
    at = child === 0 ? skipValue(colon, at + 4) : readValue(plan, child, colon, at + 4);
    if (at === 0) return 0;
    before = <usize>load<u32>(at);
    const sign = <i32>load<u8>(before);
    at += 4;
    if (sign === CLOSE_OBJECT) return at;
    if (sign !== COMMA) return 0;
  }
}

/** Where the quote stands that closes the string before a sign. */
function quoteBefore(sign: usize): usize {
  return load<u8>(sign - 1) > 0x20 ? sign - 1 : beforeSpace(sign);
}

function beforeSpace(sign: usize): usize {
  let at = sign - 2;
  while (load<u8>(at) <= 0x20) at--;
  return at;
}

/** Sixteen bytes at a time; those behind the end are read, and left out. */
function holdsBackslash(from: usize, to: usize): bool {
  let at = from;
  for (; at + 16 < to; at += 16) if (v128.any_true(i8x16.eq(v128.load(at), v128.load(BACKSLASHES)))) return true;
  return (i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(BACKSLASHES))) & ((1 << (<i32>(to - at))) - 1)) !== 0;
}

/** The node that a key leads to, or 0. */
function childOf(node: usize, key: usize, length: i32): usize {
  const mask = load<i32>(node, NODE_CHILD_MASK);
  if (mask < 0) return 0;
  const children = <usize>load<i32>(node, NODE_CHILDREN);
  let slot = hashOfKey(key, length) & mask;
  while (true) {
    const at = children + <usize>slot * CHILD_BYTES;
    const child = <usize>load<i32>(at, CHILD_NODE);
    if (child === 0) return 0;
    if (load<i32>(at, CHILD_KEY_LENGTH) === length && areEqual(<usize>load<i32>(at, CHILD_KEY), key, <usize>length))
      return child;
    slot = (slot + 1) & mask;
  }
}

/** Where the search for a key begins. */
function hashOfKey(key: usize, length: i32): i32 {
  if (length === 0) return 0;
  return (
    length * 5 +
    <i32>load<u8>(key) * 31 +
    <i32>load<u8>(key + <usize>(length - 1)) * 7 +
    <i32>load<u8>(key + <usize>(length >> 1)) * 3
  );
}

/** The value of a wanted member, or one on the way to them: as skipValue. */
function readValue(plan: usize, node: usize, before: usize, index: usize): usize {
  const stamp = load<i32>(plan, STAMP);
  // The last of repeated keys holds, and only JSON.parse can tell what the earlier ones left behind.
  if (load<i32>(node, NODE_STAMP) === stamp) return 0;
  store<i32>(node, stamp, NODE_STAMP);
  const column = load<i32>(node, NODE_COLUMN);
  const next = <usize>load<u32>(index);
  const sign = <i32>load<u8>(next);
  if (sign === OPEN_OBJECT) {
    if (firstAfter(before) !== next) return 0;
    if (load<i32>(node, NODE_DEEPEST) === 1 && column >= 0) {
      const after = behindBracket(skipBrackets(index));
      if (after === 0) return 0;
      const cell = freeCell(plan, column);
      if (cell === 0) return 0;
      queueText(plan, column, AS_JSON, next, jsonLength(next, after), cell);
      return after;
    }
    return load<i32>(node, NODE_CHILD_MASK) < 0
      ? behindBracket(skipBrackets(index))
      : behindBracket(readObject(plan, node, index));
  }
  if (column < 0) return skipValue(before, index);
  if (sign === OPEN_LIST) return firstAfter(before) === next ? behindBracket(readList(plan, column, index)) : 0;
  if (!isBehindValue(sign)) return 0;
  const cell = freeCell(plan, column);
  if (cell === 0) return 0;
  const shape = readText(plan, column, firstAfter(before), next, cell);
  if (shape === NONE) store<i32>(cell, NONE);
  return shape === WRONG ? 0 : index;
}

/** How long the JSON is that begins at `at` and ends before a place of the index. */
function jsonLength(at: usize, after: usize): i32 {
  return <i32>(<usize>load<u32>(after - 4) + 1 - at);
}

/** Queues the value between `first` and a sign. Gives QUEUED, NONE for null, else WRONG. */
function readText(plan: usize, column: i32, first: usize, next: usize, target: usize): i32 {
  const sign = <i32>load<u8>(first);
  if (sign !== QUOTE) {
    const end = literalEnd(first, sign, next);
    if (end === 0) return WRONG;
    if (sign === NULL_SIGN) return NONE;
    queueText(plan, column, PLAIN, first, <i32>(end - first), target);
    return QUEUED;
  }
  const closing = quoteBefore(next);
  if (hasBackslash && holdsBackslash(first + 1, closing)) queueEscaped(plan, column, first, closing, target);
  else queueText(plan, column, PLAIN, first + 1, <i32>(closing - first - 1), target);
  return QUEUED;
}

/** Queues what an escaped string says; the string itself, with its quotes, where that is no UTF-8. */
function queueEscaped(plan: usize, column: i32, opening: usize, closing: usize, target: usize): void {
  const from = unescapedAt;
  const length = unescapeText(opening + 1, closing, from);
  if (length === NO_TEXT) queueText(plan, column, ESCAPED, opening, <i32>(closing + 1 - opening), target);
  else {
    queueText(plan, column, PLAIN, from, length, target);
    unescapedAt = from + <usize>length;
  }
}

/** Where the row's cell in a column lies, taken from now on; 0 when it was taken already. */
function freeCell(plan: usize, column: i32): usize {
  const cell = column * load<i32>(plan, ROWS_MAX) + load<i32>(plan, ROW);
  const at = <usize>load<i32>(plan, IDS) + ((<usize>cell) << 2);
  if (load<i32>(at) !== UNTOUCHED) return 0;
  store<i32>(at, 0);
  return at;
}

/** The items of the list whose bracket a place of the index leads to: how many, then the number of a text each. */
function readList(plan: usize, column: i32, index: usize): usize {
  const cell = freeCell(plan, column);
  if (cell === 0) return 0;
  const start = load<i32>(plan, ITEM_COUNT);
  store<i32>(plan, start + 1, ITEM_COUNT);
  let before = <usize>load<u32>(index);
  let at = index + 4;
  if (signAt(at) === CLOSE_LIST && firstAfter(before) === <usize>load<u32>(at)) at += 4;
  else {
    while (true) {
      at = readItem(plan, column, before, at);
      if (at === 0) return 0;
      before = <usize>load<u32>(at);
      const sign = <i32>load<u8>(before);
      at += 4;
      if (sign === CLOSE_LIST) break;
      if (sign !== COMMA) return 0;
    }
  }
  const items = <usize>load<i32>(plan, ITEMS);
  store<i32>(items + ((<usize>start) << 2), load<i32>(plan, ITEM_COUNT) - start - 1);
  store<i32>(cell, LIST_MARK - start);
  return at;
}

/** Where the next item lies. */
function itemCell(plan: usize): usize {
  return <usize>load<i32>(plan, ITEMS) + ((<usize>load<i32>(plan, ITEM_COUNT)) << 2);
}

function countItem(plan: usize): void {
  store<i32>(plan, load<i32>(plan, ITEM_COUNT) + 1, ITEM_COUNT);
}

/** An item of a list: as skipValue. */
function readItem(plan: usize, column: i32, before: usize, index: usize): usize {
  const next = <usize>load<u32>(index);
  const sign = <i32>load<u8>(next);
  if ((sign | 0x20) === OPEN_OBJECT) {
    if (firstAfter(before) !== next) return 0;
    if (sign === OPEN_OBJECT) return behindBracket(readItemObject(plan, column, index));
    const after = behindBracket(skipBrackets(index));
    if (after === 0) return 0;
    queueText(plan, column, AS_JSON, next, jsonLength(next, after), itemCell(plan));
    countItem(plan);
    return after;
  }
  if (!isBehindValue(sign)) return 0;
  const shape = readText(plan, column, firstAfter(before), next, itemCell(plan));
  if (shape === QUEUED) countItem(plan);
  return shape === WRONG ? 0 : index;
}

/** Of an object within a list its name, a text or number, else its JSON. */
function readItemObject(plan: usize, column: i32, index: usize): usize {
  let before = <usize>load<u32>(index);
  let at = index + 4;
  let shape: i32 = WRONG;
  let nameSeen = false;
  if (signAt(at) === CLOSE_OBJECT) {
    if (firstAfter(before) !== <usize>load<u32>(at)) return 0;
    at += 4;
  } else {
    while (true) {
      const colon = <usize>load<u32>(at);
      if (<i32>load<u8>(colon) !== COLON) return 0;
      const opening = firstAfter(before);
      if (<i32>load<u8>(opening) !== QUOTE) return 0;
      if (hasBackslash && mayBeName(opening, colon) && holdsBackslash(opening + 1, quoteBefore(colon))) return 0;
      const isName = load<u32>(opening, 1) === NAME && <i32>load<u8>(opening, 5) === QUOTE;
      if (isName && nameSeen) return 0;
      const value = at + 4;
      at = skipValue(colon, value);
      if (at === 0) return 0;
      before = <usize>load<u32>(at);
      if (isName) {
        nameSeen = true;
        if (at === value) shape = readName(plan, column, firstAfter(colon), before);
      }
      const sign = <i32>load<u8>(before);
      at += 4;
      if (sign === CLOSE_OBJECT) break;
      if (sign !== COMMA) return 0;
    }
  }
  const start = <usize>load<u32>(index);
  if (shape !== QUEUED) queueText(plan, column, AS_JSON, start, jsonLength(start, at), itemCell(plan));
  countItem(plan);
  return at;
}

/** Whether a key of some length begins as an escaped name does. */
function mayBeName(opening: usize, colon: usize): bool {
  const first = <i32>load<u8>(opening, 1);
  return (first === 0x6e || first === BACKSLASH) && colon - opening >= ESCAPED_NAME;
}

/** Queues a name that is a text or a number. */
function readName(plan: usize, column: i32, first: usize, next: usize): i32 {
  const sign = <i32>load<u8>(first);
  if (sign !== QUOTE && sign !== 0x2d && <u32>(sign - 0x30) >= 10) return WRONG;
  return readText(plan, column, first, next, itemCell(plan));
}
