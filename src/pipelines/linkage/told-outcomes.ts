import { Buffer } from "node:buffer";
import { columnOf, dictionaryTexts, type Table, type TextColumn, type Utf8Texts, utf8Of } from "../../columns/index.ts";
import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import type { RecordOutcome } from "./clustered.ts";
import { csvLine } from "./csv.ts";
import type { CsvBytes } from "./csv-bytes.ts";

/** A record as two numbers of texts. */
interface Named {
  readonly source: TextColumn;
  readonly sources: Utf8Texts;
  readonly id: TextColumn;
  readonly ids: Utf8Texts;
}

/** What became of each record of an entity type, and why, from its tables of entities and of pairs. */
export class ToldOutcomes {
  readonly #outcome: TextColumn;
  readonly #outcomes: readonly RecordOutcome[];
  readonly #pair: Float64Array;
  readonly #weight: Float64Array;
  readonly #reason: TextColumn;
  readonly #reasons: Utf8Texts;
  readonly #record: Named;
  readonly #left: Named;
  readonly #right: Named;

  constructor(entities: Table, links: Table) {
    this.#outcome = columnOf(entities, "outcome", "text");
    this.#outcomes = dictionaryTexts(this.#outcome.dictionary) as readonly RecordOutcome[];
    this.#pair = columnOf(entities, "pair", "number").values;
    this.#weight = columnOf(links, "weight", "number").values;
    this.#reason = columnOf(links, "reason", "text");
    this.#reasons = utf8Of(this.#reason.dictionary);
    this.#record = named(entities, "source", "id");
    this.#left = named(links, "left_source", "left_id");
    this.#right = named(links, "right_source", "right_id");
  }

  /** What became of the record at a row of the table of entities. */
  outcomeAt(row: number): RecordOutcome {
    return this.#outcomes[this.#outcome.ids[row] as number] as RecordOutcome;
  }

  /** Adds the id of the record to a field. */
  tellId(row: number, csv: CsvBytes): void {
    csv.utf8(this.#record.ids, this.#record.id.ids[row] as number);
  }

  /** Adds the reason to a field: the record it matches best, or that a person should compare it with, and why; nothing for a new one. */
  tellReason(row: number, csv: CsvBytes): void {
    if (this.outcomeAt(row) === "new") return;
    const pair = this.#pair[row] as number;
    if (pair === -1) {
      csv.text("someone decided that it is one with another");
      return;
    }
    const other = isSame(this.#left, pair, this.#record, row) ? this.#right : this.#left;
    csv.utf8(other.sources, other.source.ids[pair] as number);
    csv.text("/");
    csv.utf8(other.ids, other.id.ids[pair] as number);
    csv.text(`, weight ${(this.#weight[pair] as number).toFixed(2)}`);
    const reason = this.#reason.ids[pair] as number;
    if (reason < 0 || lengthOf(this.#reasons, reason) === 0) return;
    csv.text(": ");
    csv.utf8(this.#reasons, reason);
  }
}

function named(table: Table, sourceName: string, idName: string): Named {
  const [source, id] = [columnOf(table, sourceName, "text"), columnOf(table, idName, "text")];
  return { source, sources: utf8Of(source.dictionary), id, ids: utf8Of(id.dictionary) };
}

function isSame(a: Named, rowOfA: number, b: Named, rowOfB: number): boolean {
  return (
    isSameText(a.ids, a.id.ids[rowOfA] as number, b.ids, b.id.ids[rowOfB] as number) &&
    isSameText(a.sources, a.source.ids[rowOfA] as number, b.sources, b.source.ids[rowOfB] as number)
  );
}

function isSameText(a: Utf8Texts, textOfA: number, b: Utf8Texts, textOfB: number): boolean {
  const length = lengthOf(a, textOfA);
  if (length !== lengthOf(b, textOfB)) return false;
  const [fromA, fromB] = [a.offsets[textOfA] as number, b.offsets[textOfB] as number];
  for (let i = 0; i < length; i++) if (a.bytes[fromA + i] !== b.bytes[fromB + i]) return false;
  return true;
}

function lengthOf({ offsets }: Utf8Texts, text: number): number {
  return (offsets[text + 1] as number) - (offsets[text] as number);
}

/** The lines of `outcomes.csv` of rows that were set aside: they have neither id nor entity. */
export async function rejectedLines(blobs: Pick<TaskBlobs, "get">, rejects: readonly BlobRef[]): Promise<string[]> {
  const lines: string[] = [];
  for (const ref of rejects) {
    for (const line of Buffer.from(await blobs.get(ref))
      .toString("utf8")
      .split("\n")
      .filter(Boolean)) {
      const { source, file, row, reason } = JSON.parse(line) as Record<"source" | "file" | "row" | "reason", string>;
      lines.push(csvLine([source, "", "rejected", "", `${file} row ${row}: ${reason}`]));
    }
  }
  return lines;
}
