// Where things stand in the plan of a scan, in bytes from its start. src/linkage/engine/wasm/ writes it.

export const SOURCE: usize = 0;
export const LEVEL: usize = 4;
export const KEY_STARTS: usize = 8;
export const KEYS: usize = 12;
export const BLOCK_STARTS: usize = 16;
export const BLOCK_KEYS: usize = 20;
export const BLOCK_RULES: usize = 24;
export const MEMBERS: usize = 28;
/** The block after the last one to scan. */
export const BLOCK_END: usize = 32;
export const DEDUPE: usize = 36;
export const HAS_LEVELS: usize = 40;
/** 0 when all pairs are wanted. */
export const MARKED: usize = 44;
export const COMPARISON_COUNT: usize = 48;
export const COMPARISONS: usize = 52;
export const RULES: usize = 56;
export const PAIRS_BY_RULE: usize = 60;
export const KEEP_WEIGHT: usize = 64;
export const CHUNK_LEFT: usize = 72;
export const CHUNK_RIGHT: usize = 76;
export const CHUNK_PATTERN: usize = 80;
export const CHUNK_RULE: usize = 84;
export const CHUNK_PAIRS: usize = 88;
export const TILE_RECORDS: usize = 92;
// Scratch of the tile: an array each, a place for every record.
export const RECORDS: usize = 96;
export const ALIVE: usize = 104;
export const PATTERNS: usize = 108;
// Where the scan stands: it returns when its chunk is full, and goes on from here.
export const BLOCK: usize = 112;
export const TILE_FROM: usize = 116;
export const LEFT_AT: usize = 120;
export const FIRST_RIGHT: usize = 124;
/** 0 when every record may be the left one of a pair. */
export const LEFTS: usize = 128;
/** For each member of a block the key before the block's among its own: -1 for none, -2 for several. */
export const EARLIER: usize = 132;
/** The marked places of the tile, ascending, and how many they are. */
export const MARKED_PLACES: usize = 136;
export const MARKED_COUNT: usize = 140;

/** Bytes of a rule: start; for each of eight comparisons the most that it and those after it add, and whether that can
 * be too little; four tables, the weights of two comparisons by their levels; and for the second, third and fourth
 * comparison a byte for each pattern of those before it, 1 where a pair is lost. */
export const RULE_BYTES: usize = 8 * (1 + 8 + 8 + 4 * 256 + 546);
export const RULE_REST: usize = 8;
export const RULE_MAY_DROP: usize = 8 * 9;
export const RULE_WEIGHTS: usize = 8 * 17;
export const RULE_LOST: usize = 8 * (17 + 4 * 256);

/** Bytes of a comparison, and where its parts stand. */
export const COMPARISON_BYTES: usize = 72;
export const KIND: usize = 0;
/** What is compared: ids, values, or where lists begin. */
export const VALUES: usize = 4;
/** Entries of texts, members of lists. */
export const TABLE: usize = 8;
/** Symbols of texts, signatures of lists. */
export const DETAIL: usize = 12;
export const STEPS: usize = 16;
export const STEP_COUNT: usize = 20;
export const TILE: usize = 24;
export const TILE_IDS: usize = 28;
export const LEFT_ENTRY: usize = 32;
export const LEFT_ID: usize = 36;
export const PATTERN_ID: usize = 40;
export const PATTERN_AT: usize = 44;
export const PLACES: usize = 48;
export const NEEDED: usize = 52;
export const SCRATCH: usize = 56;
/** The fewest symbols in common that can reach a threshold, a byte by equal first symbols and both lengths. */
export const COMMON_MIN: usize = 60;
/** 1 where all records of the tile have the same value. */
export const UNIFORM: usize = 64;

/** Lengths of texts from here on have no place in {@link COMMON_MIN}. */
export const SHORT_MAX: i32 = 64;

/** Bytes of a list in a tile, and where its parts stand: its signature, where its members are, and those of a short one. */
export const LIST_BYTES: usize = 64;
export const LIST_FROM: usize = 16;
export const LIST_TO: usize = 20;
export const LIST_MEMBERS: usize = 32;
export const LIST_MEMBERS_MAX: i32 = 8;

/** Kinds of comparisons. */
export const EXACT: i32 = 0;
export const DIFFERENCE: i32 = 1;
export const INTERSECTION: i32 = 2;
export const JARO_WINKLER: i32 = 3;

/** Bytes of a text's entry, and where its parts stand. */
export const ENTRY_BYTES: usize = 32;
export const ENTRY_PREFIX: usize = 16;
/** 16 bits each: the length, and by how much it exceeds the bits of the bag. */
export const ENTRY_LENGTH: usize = 24;
export const ENTRY_EXCESS: usize = 26;
export const ENTRY_START: usize = 28;

// Where things stand in a numbering of texts, in bytes from its start: what is numbered, and what it is numbered into.

export const TEXTS_BYTES: usize = 0;
export const TEXTS_OFFSETS: usize = 4;
export const TEXTS_COUNT: usize = 8;
/** The number of each text, as far as it came. */
export const TEXTS_NUMBERS: usize = 12;
/** The lower case of each code point, 16 bits each, up to TEXTS_LOWER_END; 0 where letters stay as they are. */
export const TEXTS_LOWER: usize = 16;
export const TEXTS_LOWER_END: usize = 20;
export const TEXTS_NEXT: usize = 24;
/** Distinct texts end to end, where each begins, and how many they are. */
export const TEXTS_TO_BYTES: usize = 28;
export const TEXTS_TO_OFFSETS: usize = 32;
export const TEXTS_SIZE: usize = 36;
/** Open addressing: the hash of a text, and its number plus one, 0 in a free slot. */
export const TEXTS_SLOTS: usize = 40;
export const TEXTS_SLOT_MASK: usize = 44;
/** How far behind TEXTS_TO_BYTES bytes were written. */
export const TEXTS_FAR: usize = 48;

// The digits by which block keys, which are below 2^53, are sorted: there is a word for each value of each digit.

export const DIGIT_BITS: i32 = 11;
export const DIGITS: i32 = 5;
