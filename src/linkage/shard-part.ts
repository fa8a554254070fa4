import type { Table } from "../columns/index.ts";

/**
 * The records of one source that have a block key in one shard. Self-contained: with the parts of the other
 * sources of the same shard, all pairs of the shard can be made and scored. Both tables are plain Arrow tables.
 */
export interface ShardPart {
  readonly source: string;
  /** `row` (place in the source, from 0), `keyEnd` (where the record's keys end in `keys`), `id`, then the needed fields. */
  readonly records: Table;
  /** `rule` and `key` of every record, of all rules, also those of other shards: ordered by record, rule, key. */
  readonly keys: Table;
}
