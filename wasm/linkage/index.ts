import {
  compareDifference,
  compareExact,
  compareIntersection,
  compareTexts,
  loadDifference,
  loadExact,
  loadIntersection,
  loadTexts,
} from "./compare";
import {
  ALIVE,
  BLOCK,
  BLOCK_END,
  BLOCK_KEYS,
  BLOCK_RULES,
  BLOCK_STARTS,
  CHUNK_LEFT,
  CHUNK_PAIRS,
  CHUNK_PATTERN,
  CHUNK_RIGHT,
  CHUNK_RULE,
  COMPARISON_BYTES,
  COMPARISON_COUNT,
  COMPARISONS,
  DEDUPE,
  DIFFERENCE,
  EXACT,
  FIRST_RIGHT,
  HAS_LEVELS,
  INTERSECTION,
  KEEP_WEIGHT,
  KEY_PLACES,
  KEY_STARTS,
  KEYS,
  KIND,
  LEFT_AT,
  LEVEL,
  LEVELS,
  LEVELS_STRIDE,
  MARKED,
  MEMBERS,
  PAIRS_BY_RULE,
  PATTERNS,
  RECORDS,
  RULE_BYTES,
  RULE_REST,
  RULE_WEIGHTS,
  RULES,
  SOURCE,
  TILE_FROM,
  TILE_RECORDS,
  WEIGHTS,
} from "./layout";

/** A weight that only rounding keeps from the bound is not dropped. */
const SLACK: f64 = 1e-9;

function word(plan: usize, at: usize): usize {
  return <usize>load<i32>(plan + at);
}

function at32(from: usize, index: i32): i32 {
  return load<i32>(from + (<usize>index << 2));
}

function set32(to: usize, index: i32, value: i32): void {
  store<i32>(to + (<usize>index << 2), value);
}

/**
 * Goes on through the pairs of a plan and fills its chunk; gives how many pairs it wrote, 0 at the end. The same scan as
 * src/linkage/engine/plain/plain-scan.ts, which says what each part is for.
 */
export function scan(plan: usize): i32 {
  const tileRecords = load<i32>(plan, TILE_RECORDS);
  const capacity = load<i32>(plan, CHUNK_PAIRS);
  const blockStarts = word(plan, BLOCK_STARTS);
  let written: i32 = 0;
  let block = load<i32>(plan, BLOCK);
  for (; block < load<i32>(plan, BLOCK_END); block++) {
    const from = at32(blockStarts, block);
    const to = at32(blockStarts, block + 1);
    let tileFrom = load<i32>(plan, TILE_FROM);
    if (tileFrom < 0) {
      tileFrom = from;
      startTile(plan, block, from, min(from + tileRecords, to));
    }
    for (;;) {
      const tileTo = min(tileFrom + tileRecords, to);
      written = scanTile(plan, block, tileFrom, tileTo, written);
      if (load<i32>(plan, LEFT_AT) < tileTo) {
        store<i32>(plan, block, BLOCK);
        store<i32>(plan, tileFrom, TILE_FROM);
        return written;
      }
      if (tileTo == to) break;
      tileFrom = tileTo;
      startTile(plan, block, tileFrom, min(tileFrom + tileRecords, to));
    }
    store<i32>(plan, -1, TILE_FROM);
    if (written + tileRecords > capacity) {
      store<i32>(plan, block + 1, BLOCK);
      return written;
    }
  }
  store<i32>(plan, block, BLOCK);
  return written;
}

function startTile(plan: usize, block: i32, from: i32, to: i32): void {
  const members = word(plan, MEMBERS);
  const records = word(plan, RECORDS);
  const keyPlaces = word(plan, KEY_PLACES);
  const key = at32(word(plan, BLOCK_KEYS), block);
  for (let at = from; at < to; at++) {
    const record = at32(members, at);
    set32(records, at - from, record);
    set32(keyPlaces, at - from, keyPlace(plan, record, key));
  }
  const count = load<i32>(plan, COMPARISON_COUNT);
  for (let c = 0; c < count; c++) loadLane(word(plan, COMPARISONS) + <usize>c * COMPARISON_BYTES, records, to - from);
  const blockFrom = at32(word(plan, BLOCK_STARTS), block);
  store<i32>(plan, blockFrom, LEFT_AT);
  store<i32>(plan, blockFrom, FIRST_RIGHT);
}

function loadLane(comparison: usize, records: usize, count: i32): void {
  const kind = load<i32>(comparison, KIND);
  for (let place = 0; place < count; place++) {
    const record = at32(records, place);
    if (kind == EXACT) loadExact(comparison, record, place);
    else if (kind == DIFFERENCE) loadDifference(comparison, record, place);
    else if (kind == INTERSECTION) loadIntersection(comparison, record, place);
    else loadTexts(comparison, record, place);
  }
}

/** Where a record's keys hold this one. */
function keyPlace(plan: usize, record: i32, key: i32): i32 {
  const keys = word(plan, KEYS);
  let at = at32(word(plan, KEY_STARTS), record);
  while (at32(keys, at) != key) at++;
  return at;
}

/** Left records against a tile, until the chunk has no room for one more; LEFT_AT says how far it came. */
function scanTile(plan: usize, block: i32, tileFrom: i32, tileTo: i32, already: i32): i32 {
  const members = word(plan, MEMBERS);
  const to = at32(word(plan, BLOCK_STARTS), block + 1);
  const key = at32(word(plan, BLOCK_KEYS), block);
  const rule = <i32>load<u8>(word(plan, BLOCK_RULES) + block);
  const roomNeeded = tileTo - tileFrom;
  const capacity = load<i32>(plan, CHUNK_PAIRS);
  let written = already;
  let firstRight = load<i32>(plan, FIRST_RIGHT);
  let i = load<i32>(plan, LEFT_AT);
  for (; i < tileTo; i++) {
    if (written + roomNeeded > capacity) break;
    firstRight = rightsFrom(plan, i, to, firstRight);
    if (firstRight >= tileTo) continue;
    const left = at32(members, i);
    written = scanLeft(plan, left, key, rule, max(firstRight - tileFrom, 0), tileTo - tileFrom, written);
  }
  store<i32>(plan, i, LEFT_AT);
  store<i32>(plan, firstRight, FIRST_RIGHT);
  return written;
}

function rightsFrom(plan: usize, i: i32, to: i32, known: i32): i32 {
  if (load<i32>(plan, DEDUPE) != 0) return i + 1;
  const members = word(plan, MEMBERS);
  const source = word(plan, SOURCE);
  const own = load<u8>(source + at32(members, i));
  let first = max(known, i + 1);
  while (first < to && load<u8>(source + at32(members, first)) == own) first++;
  return first;
}

function scanLeft(plan: usize, left: i32, key: i32, rule: i32, fromPlace: i32, toPlace: i32, already: i32): i32 {
  let count = candidates(plan, left, key, fromPlace, toPlace);
  const pairs = word(plan, PAIRS_BY_RULE) + (<usize>rule << 3);
  store<f64>(pairs, load<f64>(pairs) + <f64>count);
  if (load<i32>(plan, MARKED) != 0) count = onlyMarked(plan, left, count);
  if (count == 0) return already;
  const ofRule = word(plan, RULES) + <usize>rule * RULE_BYTES;
  const alive = word(plan, ALIVE);
  const patterns = word(plan, PATTERNS);
  const weights = word(plan, WEIGHTS);
  const start = load<f64>(ofRule);
  for (let k = 0; k < count; k++) {
    const place = at32(alive, k);
    set32(patterns, place, 0);
    store<f64>(weights + (<usize>place << 3), start);
  }
  const comparisons = load<i32>(plan, COMPARISON_COUNT);
  for (let c = 0; c < comparisons && count > 0; c++) count = compare(plan, left, c, ofRule, count);
  return emit(plan, left, rule, count, already);
}

function candidates(plan: usize, left: i32, key: i32, fromPlace: i32, toPlace: i32): i32 {
  const keyStarts = word(plan, KEY_STARTS);
  const keys = word(plan, KEYS);
  const alive = word(plan, ALIVE);
  const records = word(plan, RECORDS);
  const keyPlaces = word(plan, KEY_PLACES);
  const level = word(plan, LEVEL);
  const leftFrom = at32(keyStarts, left);
  const leftTo = keyPlace(plan, left, key);
  const leftLevel = load<i32>(plan, HAS_LEVELS) != 0 ? <i32>load<u8>(level + left) : 0;
  let count: i32 = 0;
  if (leftLevel == 0 && leftFrom == leftTo) {
    for (let place = fromPlace; place < toPlace; place++) set32(alive, count++, place);
    return count;
  }
  for (let place = fromPlace; place < toPlace; place++) {
    const right = at32(records, place);
    if (leftLevel != 0) {
      const rightLevel = <i32>load<u8>(level + right);
      if (rightLevel != 0 && rightLevel != leftLevel) continue;
    }
    if (leftFrom < leftTo) {
      const rightFrom = at32(keyStarts, right);
      const rightTo = at32(keyPlaces, place);
      if (rightFrom < rightTo && shareKey(keys, leftFrom, leftTo, rightFrom, rightTo)) continue;
    }
    set32(alive, count++, place);
  }
  return count;
}

function shareKey(keys: usize, fromA: i32, toA: i32, fromB: i32, toB: i32): bool {
  let a = fromA;
  let b = fromB;
  while (a < toA && b < toB) {
    const left = at32(keys, a);
    const right = at32(keys, b);
    if (left == right) return true;
    if (left < right) a++;
    else b++;
  }
  return false;
}

function onlyMarked(plan: usize, left: i32, count: i32): i32 {
  const marked = word(plan, MARKED);
  if (load<u8>(marked + left) != 0) return count;
  const alive = word(plan, ALIVE);
  const records = word(plan, RECORDS);
  let kept: i32 = 0;
  for (let k = 0; k < count; k++) {
    const place = at32(alive, k);
    if (load<u8>(marked + at32(records, place)) != 0) set32(alive, kept++, place);
  }
  return kept;
}

function compare(plan: usize, left: i32, c: i32, ofRule: usize, count: i32): i32 {
  const comparison = word(plan, COMPARISONS) + <usize>c * COMPARISON_BYTES;
  const alive = word(plan, ALIVE);
  const levels = word(plan, LEVELS);
  const kind = load<i32>(comparison, KIND);
  if (kind == EXACT) compareExact(comparison, left, alive, count, levels);
  else if (kind == DIFFERENCE) compareDifference(comparison, left, alive, count, levels);
  else if (kind == INTERSECTION) compareIntersection(comparison, left, alive, count, levels);
  else compareTexts(comparison, left, alive, count, levels);
  const patterns = word(plan, PATTERNS);
  const sums = word(plan, WEIGHTS);
  const bound = load<f64>(plan, KEEP_WEIGHT) - load<f64>(ofRule + RULE_REST + (<usize>c << 3)) - SLACK;
  const weights = ofRule + RULE_WEIGHTS + ((<usize>c * LEVELS_STRIDE) << 3);
  const shift = c << 2;
  let kept: i32 = 0;
  for (let k = 0; k < count; k++) {
    const place = at32(alive, k);
    const level = <i32>load<u8>(levels + k);
    const sum = load<f64>(sums + (<usize>place << 3)) + load<f64>(weights + (<usize>level << 3));
    store<f64>(sums + (<usize>place << 3), sum);
    set32(patterns, place, at32(patterns, place) | (level << shift));
    set32(alive, kept, place);
    kept += i32(!(sum < bound));
  }
  return kept;
}

function emit(plan: usize, left: i32, rule: i32, count: i32, already: i32): i32 {
  const alive = word(plan, ALIVE);
  const records = word(plan, RECORDS);
  const patterns = word(plan, PATTERNS);
  const lefts = word(plan, CHUNK_LEFT);
  const rights = word(plan, CHUNK_RIGHT);
  const chunkPatterns = word(plan, CHUNK_PATTERN);
  const rules = word(plan, CHUNK_RULE);
  for (let k = 0; k < count; k++) {
    const place = at32(alive, k);
    const at = already + k;
    set32(lefts, at, left);
    set32(rights, at, at32(records, place));
    set32(chunkPatterns, at, at32(patterns, place));
    store<u8>(rules + at, rule);
  }
  return already + count;
}
