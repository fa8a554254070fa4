import { columnOf, type Table, textAt } from "../../columns/index.ts";
import type { TaskBlobs } from "../../flow/index.ts";
import type { Clustered } from "./clustered.ts";
import { getTable } from "./stored-table.ts";
import { outcomeReader, type ToldOutcome } from "./told-outcomes.ts";

interface TypeRecords {
  readonly entityType: string;
  readonly clusters: Float64Array;
  readonly outcomeAt: (row: number) => ToldOutcome;
}

interface Place {
  readonly type: TypeRecords;
  readonly rowById: Map<string, number>;
}

/** Clustered records of all types, found by source and id. */
export class RecordLookup {
  readonly #bySource = new Map<string, Place>();

  /** Reads what the step `cluster` stored. */
  static async open(blobs: Pick<TaskBlobs, "get">, clustered: Pick<Clustered, "types">): Promise<RecordLookup> {
    const lookup = new RecordLookup();
    for (const type of clustered.types) {
      const entities = await getTable(blobs, type.entities);
      lookup.#add(type.entityType, entities, await getTable(blobs, type.links));
    }
    return lookup;
  }

  #add(entityType: string, entities: Table, links: Table): void {
    const [source, id] = [columnOf(entities, "source", "text"), columnOf(entities, "id", "text")];
    const clusters = columnOf(entities, "cluster", "number").values;
    const type = { entityType, clusters, outcomeAt: outcomeReader(entities, links) };
    for (let row = 0; row < entities.rowCount; row++) {
      const from = textAt(source, row) as string;
      const place = this.#bySource.get(from) ?? { type, rowById: new Map<string, number>() };
      this.#bySource.set(from, place);
      place.rowById.set(textAt(id, row) as string, row);
    }
  }

  /** A name for the cluster of a record, unique among all types; undefined where there is no such record. */
  clusterOf(source: string, id: string): string | undefined {
    const place = this.#bySource.get(source);
    const row = place?.rowById.get(id);
    return place === undefined || row === undefined
      ? undefined
      : `${place.type.entityType}-${place.type.clusters[row]}`;
  }

  /** What became of a record that is there. */
  outcomeOf(source: string, id: string): ToldOutcome {
    const { type, rowById } = this.#bySource.get(source) as Place;
    return type.outcomeAt(rowById.get(id) as number);
  }
}
