// Where things stand in the plan of a projection, in bytes from its start. src/records/read/json/ writes it.

/** The first byte of each record. */
export const STARTS: usize = 0;
/** The byte after the last of each record: one that belongs to no value, and may be read. */
export const ENDS: usize = 4;
/** The next record, and how many there are. */
export const SPAN_AT: usize = 8;
export const SPAN_COUNT: usize = 12;
/** The row that the next record becomes, and how many rows there may be. */
export const ROW: usize = 16;
export const ROWS_MAX: usize = 20;
export const COLUMN_COUNT: usize = 24;
/** Cells, column by column: the number of a text of the column, or what layout.ts of src/ calls a `cell`. */
export const IDS: usize = 28;
/** Lists: how many items, then the number of a text each. */
export const ITEMS: usize = 32;
export const ITEM_COUNT: usize = 36;
export const ITEMS_MAX: usize = 40;
/** The node of the record itself in the tree of wanted paths. */
export const ROOT: usize = 44;
/** Changes with each record, so that a node tells whether it was met in this one. */
export const STAMP: usize = 48;
/** Scratch for the addresses of brackets, commas and colons. */
export const INDEX: usize = 52;
/** The dictionary: a table by hash (the hash, then the entry + 1 or 0 for none), the entries, and their bytes. */
export const SLOTS: usize = 56;
export const SLOT_MASK: usize = 60;
export const ENTRIES: usize = 64;
export const ENTRY_COUNT: usize = 68;
export const ENTRIES_MAX: usize = 72;
export const TEXTS: usize = 76;
export const TEXT_BYTES: usize = 80;
export const TEXTS_MAX: usize = 84;
/** What columns have in the dictionary, a {@link COLUMN_BYTES} each. */
export const COLUMNS: usize = 88;
/** Scratch for what the escaped texts of a record say. */
export const UNESCAPED: usize = 92;
/** Where the texts of columns are gathered, column by column, and where they end: from 0 in each column, one more than texts. */
export const GATHERED: usize = 96;
export const GATHERED_ENDS: usize = 100;

// A column: how many texts it has and their bytes, how many of them are not plain, and where they were gathered.
export const COLUMN_TEXTS: usize = 0;
export const COLUMN_TEXT_BYTES: usize = 4;
export const COLUMN_ODD: usize = 8;
export const COLUMN_GATHERED: usize = 12;
export const COLUMN_ENDS: usize = 16;
export const COLUMN_BYTES: usize = 32;

// A node of the tree: its column or -1, its table of children (mask -1 for none), whether objects here stay JSON.
export const NODE_COLUMN: usize = 0;
export const NODE_CHILDREN: usize = 4;
export const NODE_CHILD_MASK: usize = 8;
export const NODE_DEEPEST: usize = 12;
export const NODE_STAMP: usize = 16;

// A slot of such a table; no node for an empty one.
export const CHILD_KEY: usize = 0;
export const CHILD_KEY_LENGTH: usize = 4;
export const CHILD_NODE: usize = 8;
export const CHILD_BYTES: usize = 16;

// An entry: a text of one column by its bytes, its number among those of the column, and the first sixteen bytes at hand.
export const ENTRY_START: usize = 0;
export const ENTRY_LENGTH: usize = 4;
export const ENTRY_OWNER: usize = 8;
export const ENTRY_NUMBER: usize = 12;
export const ENTRY_HEAD: usize = 16;
export const ENTRY_BYTES: usize = 32;

// Kinds of entries, in the low bits of the owner.
export const PLAIN: i32 = 0;
export const ESCAPED: i32 = 1;
export const AS_JSON: i32 = 2;
export const OWNER_SHIFT: i32 = 2;

// Cells that hold no entry.
export const UNTOUCHED: i32 = -1;
export const NONE: i32 = -2;
export const LIST_MARK: i32 = -4;

// Outcomes.
export const DONE: i32 = 0;
export const FULL: i32 = 1;
export const ODD: i32 = 2;

export const SKIPPED_DEPTH_MAX: i32 = 60;

// Signs of JSON.
export const QUOTE: i32 = 0x22;
export const BACKSLASH: i32 = 0x5c;
export const COMMA: i32 = 0x2c;
export const COLON: i32 = 0x3a;
export const OPEN_LIST: i32 = 0x5b;
export const CLOSE_LIST: i32 = 0x5d;
export const OPEN_OBJECT: i32 = 0x7b;
export const CLOSE_OBJECT: i32 = 0x7d;
