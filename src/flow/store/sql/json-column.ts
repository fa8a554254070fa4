import { KindredError } from "../../../base/index.ts";

/** A value as JSON text in a column. */
export function toColumn(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** The value of a column. @throws artifact-damaged */
export function fromColumn<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw damagedColumn(error);
  }
}

/** The value of a column that may have none. @throws artifact-damaged */
export function fromOptionalColumn<T>(text: string | null): T | null {
  return text === null ? null : fromColumn<T>(text);
}

/** The error for a column that is not what was written. */
export function damagedColumn(cause?: unknown): KindredError {
  return new KindredError("artifact-damaged", {
    seen: "the run metadata is not what was written",
    expected: "what its check sum was made of",
    hint: "Put back a copy of the metadata, or start a new run: the blobs are found again",
    cause,
  });
}
