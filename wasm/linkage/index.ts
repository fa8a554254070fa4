import { at32, atFloat, set32, word } from "../words";
import {
  compareDifference,
  compareExact,
  compareIntersection,
  compareTexts,
  fetchLane,
  isUniform,
  loadDifference,
  loadExact,
  loadIntersection,
  loadTexts,
  uniformLevel,
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
  EARLIER,
  EXACT,
  FIRST_RIGHT,
  HAS_LEVELS,
  INTERSECTION,
  JARO_WINKLER,
  KEEP_WEIGHT,
  KEY_STARTS,
  KEYS,
  KIND,
  LEFT_AT,
  LEFTS,
  LEVEL,
  MARKED,
  MARKED_COUNT,
  MARKED_PLACES,
  MEMBERS,
  PAIRS_BY_RULE,
  PATTERNS,
  RECORDS,
  RULE_BYTES,
  RULE_LOST,
  RULE_MAY_DROP,
  RULE_REST,
  RULE_WEIGHTS,
  RULES,
  SOURCE,
  TILE_FROM,
  TILE_RECORDS,
  UNIFORM,
} from "./layout";

export { countRuns, drawRows, hashesOfRows, hashPairs, hashTexts, hashYears, writeKeys } from "./hashes";
export { numberKeys, placeBlocks, placeKeys, placeMembers, sortKeys, sourcesOfPlaces } from "./keys";
export { writeLists } from "./lists";
export { countPoints, gatherPoints, numberTexts, numberWritten, renumber, roomOfSymbols, writeEntries } from "./texts";

/** A weight that only rounding keeps from the bound is not dropped. */
const SLACK: f64 = 1e-9;

/** How many left records ahead are fetched. */
const AHEAD: i32 = 2;

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
      // Records that are never a right one need no place in a tile.
      tileFrom = rightsFrom(plan, from, to, from);
      startTile(plan, block, tileFrom, min(tileFrom + tileRecords, to));
    }
    for (;;) {
      const tileTo = min(tileFrom + tileRecords, to);
      written = scanTile(plan, block, tileFrom, tileTo, written);
      if (load<i32>(plan, LEFT_AT) < tileTo) {
        store<i32>(plan, block, BLOCK);
        store<i32>(plan, tileFrom, TILE_FROM);
        return written;
      }
      if (tileTo === to) break;
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
  memory.copy(records, members + ((<usize>from) << 2), (<usize>max(to - from, 0)) << 2);
  if (load<i32>(plan, MARKED) !== 0) noteMarked(plan, to - from);
  const count = load<i32>(plan, COMPARISON_COUNT);
  for (let c = 0; c < count; c++) {
    const comparison = word(plan, COMPARISONS) + <usize>c * COMPARISON_BYTES;
    loadLane(comparison, records, to - from);
    store<i32>(comparison, i32(isUniform(comparison, to - from)), UNIFORM);
  }
  const blockFrom = at32(word(plan, BLOCK_STARTS), block);
  store<i32>(plan, blockFrom, LEFT_AT);
  store<i32>(plan, blockFrom, FIRST_RIGHT);
}

function noteMarked(plan: usize, placeCount: i32): void {
  const marked = word(plan, MARKED);
  const records = word(plan, RECORDS);
  const places = word(plan, MARKED_PLACES);
  let count: i32 = 0;
  for (let place = 0; place < placeCount; place++)
    if (load<u8>(marked + at32(records, place)) !== 0) set32(places, count++, place);
  store<i32>(plan, count, MARKED_COUNT);
}

function loadLane(comparison: usize, records: usize, count: i32): void {
  const kind = load<i32>(comparison, KIND);
  for (let place = 0; place < count; place++) {
    const record = at32(records, place);
    if (kind === EXACT) loadExact(comparison, record, place);
    else if (kind === DIFFERENCE) loadDifference(comparison, record, place);
    else if (kind === INTERSECTION) loadIntersection(comparison, record, place);
    else loadTexts(comparison, record, place);
  }
}

/** Where a record's keys hold this one. */
function keyPlace(plan: usize, record: i32, key: i32): i32 {
  const keys = word(plan, KEYS);
  let at = at32(word(plan, KEY_STARTS), record);
  while (at32(keys, at) !== key) at++;
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
  const lefts = word(plan, LEFTS);
  let firstRight = load<i32>(plan, FIRST_RIGHT);
  let i = load<i32>(plan, LEFT_AT);
  for (; i < tileTo; i++) {
    if (written + roomNeeded > capacity) break;
    firstRight = rightsFrom(plan, i, to, firstRight);
    if (firstRight >= tileTo) continue;
    const left = at32(members, i);
    if (lefts !== 0 && load<u8>(lefts + left) === 0) continue;
    if (i + AHEAD < to) fetch(plan, at32(members, i + AHEAD));
    written = scanLeft(plan, i, key, rule, tileFrom, max(firstRight - tileFrom, 0), tileTo - tileFrom, written);
  }
  store<i32>(plan, i, LEFT_AT);
  store<i32>(plan, firstRight, FIRST_RIGHT);
  return written;
}

/** Reads what will be compared of a record, so that its cache misses pass together while records before it are compared. */
function fetch(plan: usize, record: i32): void {
  const count = load<i32>(plan, COMPARISON_COUNT);
  let comparison = word(plan, COMPARISONS);
  for (let c = 0; c < count; c++, comparison += COMPARISON_BYTES) fetchLane(comparison, record);
}

function rightsFrom(plan: usize, i: i32, to: i32, known: i32): i32 {
  if (load<i32>(plan, DEDUPE) !== 0) return i + 1;
  const members = word(plan, MEMBERS);
  const source = word(plan, SOURCE);
  const own = load<u8>(source + at32(members, i));
  let first = max(known, i + 1);
  while (first < to && load<u8>(source + at32(members, first)) === own) first++;
  return first;
}

/** The record of a block at `i`, and those of the tile. */
function scanLeft(
  plan: usize,
  i: i32,
  key: i32,
  rule: i32,
  tileFrom: i32,
  fromPlace: i32,
  toPlace: i32,
  already: i32,
): i32 {
  const left = at32(word(plan, MEMBERS), i);
  const pairs = word(plan, PAIRS_BY_RULE) + ((<usize>rule) << 3);
  const marked = word(plan, MARKED);
  let count: i32 = 0;
  if (marked !== 0 && load<u8>(marked + left) === 0 && isFree(plan, i, left)) {
    store<f64>(pairs, load<f64>(pairs) + <f64>(toPlace - fromPlace));
    count = markedFrom(plan, fromPlace);
  } else {
    count = candidates(plan, i, key, tileFrom, fromPlace, toPlace);
    store<f64>(pairs, load<f64>(pairs) + <f64>count);
    if (marked !== 0) count = onlyMarked(plan, left, count);
  }
  if (count === 0) return already;
  const ofRule = word(plan, RULES) + <usize>rule * RULE_BYTES;
  const comparisons = load<i32>(plan, COMPARISON_COUNT);
  // What all records of the tile have alike is compared once.
  let settled: i32 = 0;
  let base: i32 = 0;
  for (let c = 0; c < comparisons; c++) {
    const comparison = word(plan, COMPARISONS) + <usize>c * COMPARISON_BYTES;
    const level = load<i32>(comparison, UNIFORM) !== 0 ? uniformLevel(comparison, left) : -1;
    if (level < 0) continue;
    settled |= 1 << c;
    base |= level << (c << 2);
  }
  fill32(word(plan, PATTERNS), base, count);
  for (let c = 0; c < comparisons; c++) {
    if ((settled & (1 << c)) !== 0) continue;
    const comparison = word(plan, COMPARISONS) + <usize>c * COMPARISON_BYTES;
    // A comparison that is dear is worth a look at what can be spared.
    if (load<i32>(comparison, KIND) === JARO_WINKLER && atFloat(ofRule + RULE_MAY_DROP, c) !== 0) {
      count = c >= 1 && c <= 3 ? dropLost(plan, ofRule, c, count) : drop(plan, ofRule, c, count);
      if (count === 0) return already;
    }
    compare(plan, comparison, left, count, c << 2);
  }
  return emit(plan, left, rule, ofRule, count, already);
}

/** The places hold a multiple of four. */
function fill32(to: usize, value: i32, count: i32): void {
  const four = i32x4.splat(value);
  const end = to + ((<usize>count) << 2);
  for (let at = to; at < end; at += 16) v128.store(at, four);
}

function candidates(plan: usize, i: i32, key: i32, tileFrom: i32, fromPlace: i32, toPlace: i32): i32 {
  const alive = word(plan, ALIVE);
  const left = at32(word(plan, MEMBERS), i);
  const earlier = word(plan, EARLIER);
  const ofTile = earlier + ((<usize>tileFrom) << 2);
  const level = word(plan, LEVEL);
  const leftLevel = load<i32>(plan, HAS_LEVELS) !== 0 ? <i32>load<u8>(level + left) : 0;
  const own = at32(earlier, i);
  let count: i32 = 0;
  if (leftLevel === 0 && own === -1) {
    for (let place = fromPlace; place < toPlace; place++) set32(alive, count++, place);
    return count;
  }
  const records = word(plan, RECORDS);
  for (let place = fromPlace; place < toPlace; place++) {
    const other = at32(ofTile, place);
    set32(alive, count, place);
    let isPair = i32(own === -1 || other !== own);
    if (own !== -1 && other !== -1 && (own === -2 || other === -2))
      isPair = i32(!shareEarlier(plan, left, at32(records, place), key));
    if (leftLevel !== 0) {
      const rightLevel = <i32>load<u8>(level + at32(records, place));
      isPair &= i32(rightLevel === 0 || rightLevel === leftLevel);
    }
    count += isPair;
  }
  return count;
}

/** Whether a record of a block makes a pair with every other: no key stands before the block's, and no level against it. */
function isFree(plan: usize, i: i32, left: i32): bool {
  const levelled = load<i32>(plan, HAS_LEVELS) !== 0 && load<u8>(word(plan, LEVEL) + left) !== 0;
  return !levelled && at32(word(plan, EARLIER), i) === -1;
}

/** Makes the marked places of the tile the candidates. */
function markedFrom(plan: usize, fromPlace: i32): i32 {
  const alive = word(plan, ALIVE);
  const places = word(plan, MARKED_PLACES);
  const placeCount = load<i32>(plan, MARKED_COUNT);
  let count: i32 = 0;
  for (let m = 0; m < placeCount; m++) {
    const place = at32(places, m);
    if (place >= fromPlace) set32(alive, count++, place);
  }
  return count;
}

/** Whether two records have a key in common before this one. */
function shareEarlier(plan: usize, left: i32, right: i32, key: i32): bool {
  const keyStarts = word(plan, KEY_STARTS);
  return shareKey(
    word(plan, KEYS),
    at32(keyStarts, left),
    keyPlace(plan, left, key),
    at32(keyStarts, right),
    keyPlace(plan, right, key),
  );
}

function shareKey(keys: usize, fromA: i32, toA: i32, fromB: i32, toB: i32): bool {
  let a = fromA;
  let b = fromB;
  while (a < toA && b < toB) {
    const left = at32(keys, a);
    const right = at32(keys, b);
    if (left === right) return true;
    if (left < right) a++;
    else b++;
  }
  return false;
}

function onlyMarked(plan: usize, left: i32, count: i32): i32 {
  const marked = word(plan, MARKED);
  if (load<u8>(marked + left) !== 0) return count;
  const alive = word(plan, ALIVE);
  const records = word(plan, RECORDS);
  let kept: i32 = 0;
  for (let k = 0; k < count; k++) {
    const place = at32(alive, k);
    if (load<u8>(marked + at32(records, place)) !== 0) set32(alive, kept++, place);
  }
  return kept;
}

function compare(plan: usize, comparison: usize, left: i32, count: i32, shift: i32): void {
  const alive = word(plan, ALIVE);
  const patterns = word(plan, PATTERNS);
  const kind = load<i32>(comparison, KIND);
  if (kind === EXACT) compareExact(comparison, left, alive, count, patterns, shift);
  else if (kind === DIFFERENCE) compareDifference(comparison, left, alive, count, patterns, shift);
  else if (kind === INTERSECTION) compareIntersection(comparison, left, alive, count, patterns, shift);
  else compareTexts(comparison, left, alive, count, patterns, shift);
}

/** The weight of what a pattern holds so far; two comparisons a table. */
function weightOf(ofRule: usize, pattern: i32): f64 {
  const tables = ofRule + RULE_WEIGHTS;
  return (
    load<f64>(ofRule) +
    load<f64>(tables + ((<usize>(pattern & 255)) << 3)) +
    load<f64>(tables + ((<usize>((pattern >>> 8) & 255)) << 3), 2048) +
    load<f64>(tables + ((<usize>((pattern >>> 16) & 255)) << 3), 4096) +
    load<f64>(tables + ((<usize>(pattern >>> 24)) << 3), 6144)
  );
}

/** What {@link drop} does, looked up by pattern: of the second to the fourth comparison. */
function dropLost(plan: usize, ofRule: usize, c: i32, count: i32): i32 {
  const alive = word(plan, ALIVE);
  const patterns = word(plan, PATTERNS);
  const lost = ofRule + RULE_LOST + <usize>(c === 1 ? 0 : c === 2 ? 16 : 272);
  const mask = (1 << (c << 2)) - 1;
  let kept: i32 = 0;
  for (let k = 0; k < count; k++) {
    const pattern = at32(patterns, k);
    set32(alive, kept, at32(alive, k));
    set32(patterns, kept, pattern);
    kept += 1 - <i32>load<u8>(lost + <usize>(pattern & mask));
  }
  return kept;
}

/** Drops the pairs that the comparisons from `c` on could not lift over the bound. */
function drop(plan: usize, ofRule: usize, c: i32, count: i32): i32 {
  const alive = word(plan, ALIVE);
  const patterns = word(plan, PATTERNS);
  const bound = load<f64>(plan, KEEP_WEIGHT) - atFloat(ofRule + RULE_REST, c) - SLACK;
  let kept: i32 = 0;
  for (let k = 0; k < count; k++) {
    const pattern = at32(patterns, k);
    set32(alive, kept, at32(alive, k));
    set32(patterns, kept, pattern);
    kept += i32(!(weightOf(ofRule, pattern) < bound));
  }
  return kept;
}

function emit(plan: usize, left: i32, rule: i32, ofRule: usize, count: i32, already: i32): i32 {
  const alive = word(plan, ALIVE);
  const records = word(plan, RECORDS);
  const patterns = word(plan, PATTERNS);
  const lefts = word(plan, CHUNK_LEFT);
  const rights = word(plan, CHUNK_RIGHT);
  const chunkPatterns = word(plan, CHUNK_PATTERN);
  const rules = word(plan, CHUNK_RULE);
  const bound = load<f64>(plan, KEEP_WEIGHT) - SLACK;
  let at = already;
  for (let k = 0; k < count; k++) {
    const pattern = at32(patterns, k);
    if (weightOf(ofRule, pattern) < bound) continue;
    set32(lefts, at, left);
    set32(rights, at, at32(records, at32(alive, k)));
    set32(chunkPatterns, at, pattern);
    store<u8>(rules + at, rule);
    at++;
  }
  return at;
}
