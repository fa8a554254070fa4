import { nullId, type TextColumn } from "../../columns/index.ts";

/** The prepared form of each row's text, made once for each distinct text; null where the row has none. */
export function preparedTexts<T>(column: TextColumn, make: (text: string) => T | null): (row: number) => T | null {
  const made: (T | null | undefined)[] = new Array(column.dictionary.size);
  return (row) => {
    const id = column.ids[row] as number;
    if (id === nullId) return null;
    const known = made[id];
    if (known !== undefined) return known;
    const value = make(column.dictionary.get(id));
    made[id] = value;
    return value;
  };
}
