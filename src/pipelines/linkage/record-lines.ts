import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import type { RecordOutcome } from "./clustered.ts";
import { CsvBytes } from "./csv-bytes.ts";
import type { ToldOutcomes } from "./told-outcomes.ts";

/** Lines of the files of records, `entities.csv` and `outcomes.csv`, put away without headers. */
export interface RecordFiles {
  readonly entities: BlobRef;
  readonly outcomes: BlobRef;
  /** How many entities the lines name. */
  readonly entityCount: number;
  /** How many records had which outcome. */
  readonly outcomeCounts: Readonly<Record<RecordOutcome, number>>;
}

/** A record whose lines are written: `row` is that of the table which `told` was made of. */
export interface RecordOfLines {
  readonly entity: string;
  readonly source: string;
  readonly told: ToldOutcomes;
  readonly row: number;
}

/** The lines of `entities.csv` and `outcomes.csv`, a line a record in each. */
export class RecordLines {
  readonly #entities = new CsvBytes();
  readonly #outcomes = new CsvBytes();
  readonly #counts = { new: 0, match: 0, review: 0 };

  /** Appends the lines of a record. */
  add({ entity, source, told, row }: RecordOfLines): void {
    const [entities, outcomes] = [this.#entities, this.#outcomes];
    entities.text(entity);
    entities.next();
    entities.text(source);
    entities.next();
    told.tellId(row, entities);
    entities.endLine();
    const outcome = told.outcomeAt(row);
    this.#counts[outcome]++;
    outcomes.text(source);
    outcomes.next();
    told.tellId(row, outcomes);
    outcomes.next();
    outcomes.text(outcome);
    outcomes.next();
    outcomes.text(entity);
    outcomes.next();
    told.tellReason(row, outcomes);
    outcomes.endLine();
  }

  /** Puts the lines away, without headers, and tells how many records had which outcome. */
  async put(blobs: TaskBlobs): Promise<Omit<RecordFiles, "entityCount">> {
    return {
      entities: await blobs.put(this.#entities.toBytes(), "entities"),
      outcomes: await blobs.put(this.#outcomes.toBytes(), "outcomes"),
      outcomeCounts: this.#counts,
    };
  }
}
