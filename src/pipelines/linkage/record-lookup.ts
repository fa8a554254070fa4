import { columnOf, type Table, textAt } from "../../columns/index.ts";
import type { TaskBlobs } from "../../flow/index.ts";
import type { JoinedRecords } from "./clustered.ts";
import { getTable } from "./stored-table.ts";
import { ToldOutcomes } from "./told-outcomes.ts";

interface TypeRecords {
  readonly entityType: string;
  readonly clusters: Float64Array;
  readonly told: ToldOutcomes;
}

interface Place {
  readonly type: TypeRecords;
  readonly rowById: Map<string, number>;
}

/** Clustered records of all types, found by source and id. */
export class RecordLookup {
  readonly #bySource = new Map<string, Place>();

  /** Reads what the step `cluster` stored. */
  static async open(blobs: Pick<TaskBlobs, "get">, clustered: Pick<JoinedRecords, "types">): Promise<RecordLookup> {
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
    const type = { entityType, clusters, told: new ToldOutcomes(entities, links) };
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

  /** What became of a record that is there: the row of its type. */
  outcomeOf(source: string, id: string): { readonly told: ToldOutcomes; readonly row: number } {
    const { type, rowById } = this.#bySource.get(source) as Place;
    return { told: type.told, row: rowById.get(id) as number };
  }
}
