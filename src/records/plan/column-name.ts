/** A column's name in plain words: `left_primaryTitle` and `Primary Title` are both `primary title`. */
export function wordsOfColumn(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/^(?:left|right|ltable|rtable) (?=\S)/, "");
}

/** The name as one run of letters and digits: how vocabularies are looked up. */
export function keyOfColumn(name: string): string {
  return wordsOfColumn(name).replaceAll(" ", "");
}

/** The name as a field carries it: words joined by `_`. */
export function fieldNameOf(column: string): string {
  const name = wordsOfColumn(column).replaceAll(" ", "_");
  if (name === "") return "column";
  return name === "id" ? "own_id" : name;
}
