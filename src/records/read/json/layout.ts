// The places of wasm/records/layout.ts, which says what each is; a test keeps the two files equal.

/** Places in the plan of a projection, in bytes. */
export const planPlace = {
  starts: 0,
  ends: 4,
  spanAt: 8,
  spanCount: 12,
  row: 16,
  rowsMax: 20,
  columnCount: 24,
  ids: 28,
  items: 32,
  itemCount: 36,
  itemsMax: 40,
  root: 44,
  stamp: 48,
  index: 52,
  slots: 56,
  slotMask: 60,
  entries: 64,
  entryCount: 68,
  entriesMax: 72,
  texts: 76,
  textBytes: 80,
  textsMax: 84,
  columns: 88,
  unescaped: 92,
  gathered: 96,
  gatheredEnds: 100,
} as const;

/** Bytes of a plan. */
export const planBytes = 112;

/** Places in a node of the tree of wanted paths. */
export const nodePlace = { column: 0, children: 4, childMask: 8, deepest: 12, stamp: 16 } as const;
/** Bytes of a node. */
export const nodeBytes = 32;

/** Places in a slot of a node's table of children. */
export const childPlace = { key: 0, keyLength: 4, node: 8 } as const;
/** Bytes of such a slot. */
export const childBytes = 16;

/** Places in an entry of the dictionary. */
export const entryPlace = { start: 0, length: 4, owner: 8, number: 12, head: 16 } as const;
/** Bytes of an entry. */
export const entryBytes = 32;

/** Places in what a column has in the dictionary. */
export const columnPlace = { texts: 0, textBytes: 4, odd: 8, gathered: 12, ends: 16 } as const;
/** Bytes of that. */
export const columnBytes = 32;

/** What the bytes of an entry are, in the low bits of its owner: a text as it is, one within quotes and escaped, JSON. */
export const entryKind = { plain: 0, escaped: 1, json: 2 } as const;
/** How far the column stands above the kind in an entry's owner. */
export const ownerShift = 2;

/** What stands in place of the number of a text for a row: no member seen, a member without value; lists lie below, at `listMark - start`. */
export const cell = { untouched: -1, none: -2, listMark: -4 } as const;

/** How a projection returns: all spans are done, there is no room for the next, or the next is left to JSON.parse. */
export const outcome = { done: 0, full: 1, odd: 2 } as const;

/** How deep brackets may lie in what is passed over. */
export const skippedDepthMax = 60;
