import { hash53 } from "../../base/index.ts";
import { columnOf, type Table } from "../../columns/index.ts";
import type { CompareContext } from "./contract.ts";

type FrequencyMaps = readonly Map<number, number>[];

/** One table of frequencies serves every shard of a process: its maps are made once. */
const mapsByTable = new WeakMap<Table, FrequencyMaps>();

/** What each comparison (by its place) may know of all records, out of the table that `freeze` makes. */
export function compareContexts(frequencies: Table, comparisonCount: number, recordCount: number): CompareContext[] {
  const known = mapsByTable.get(frequencies);
  const maps = known?.length === comparisonCount ? known : frequencyMaps(frequencies, comparisonCount);
  mapsByTable.set(frequencies, maps);
  return maps.map((map) => ({ recordCount, frequency: (text) => (map.size === 0 ? 1 : (map.get(hash53(text)) ?? 1)) }));
}

function frequencyMaps(frequencies: Table, comparisonCount: number): FrequencyMaps {
  const maps = Array.from({ length: comparisonCount }, () => new Map<number, number>());
  const comparison = columnOf(frequencies, "comparison", "number").values;
  const key = columnOf(frequencies, "key", "number").values;
  const count = columnOf(frequencies, "count", "number").values;
  for (let i = 0; i < frequencies.rowCount; i++)
    maps[comparison[i] as number]?.set(key[i] as number, count[i] as number);
  return maps;
}
