/** Which shard of how many. */
export interface ShardAddress {
  readonly index: number;
  readonly count: number;
  /** The first rule whose pairs the shard makes; keys of earlier rules only decide whose a pair is. Default 0. */
  readonly fromRule?: number;
  /**
   * Of a cut of a shard that is too large: how many shards there were before. Blocks that are split get their keys by that
   * count, so that every task, whatever it cuts, sees a record under the same keys. Default `count`.
   */
  readonly cutFrom?: number;
}
