import type { RawColumns } from "../raw-columns.ts";

/** Keeps count of where rows stand among all rows of a source when some between them were rejected. */
export class RowPlaces {
  #fileStart = 0;
  #next = 0;
  /** For each rejected row, how many rows of the batch came before it. */
  #gaps: number[] = [];

  /** The next row is the first of a file. */
  startFile(): void {
    this.#fileStart = this.#next;
  }

  /** Notes that the row behind `rowCount` rows of the batch was rejected; gives its number within its file, from 1. */
  skip(rowCount: number): number {
    this.#gaps.push(rowCount);
    return this.#next + rowCount + this.#gaps.length - this.#fileStart;
  }

  /** The places of a batch of so many rows, after which the next begins. */
  take(rowCount: number): Pick<RawColumns, "fileStart" | "firstPlace" | "places"> {
    const firstPlace = this.#next;
    const gaps = this.#gaps;
    this.#next += rowCount + gaps.length;
    this.#gaps = [];
    if (gaps.length === 0) return { fileStart: this.#fileStart, firstPlace };
    const places = new Float64Array(rowCount);
    let passed = 0;
    for (let row = 0; row < rowCount; row++) {
      while (passed < gaps.length && (gaps[passed] as number) <= row) passed++;
      places[row] = firstPlace + row + passed;
    }
    return { fileStart: this.#fileStart, firstPlace, places };
  }
}
