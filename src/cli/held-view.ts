import { formatCount } from "../base/index.ts";
import type { VersionFigures } from "../pipelines/index.ts";

/** What a version of a data set holds, in a line: records, or rows; its files where nothing in them was counted. */
export function heldText({ figures }: Pick<VersionFigures, "figures">): string {
  const told = (names: readonly string[]): string[] =>
    names.flatMap((name) => (typeof figures[name] === "number" ? [`${formatCount(figures[name])} ${name}`] : []));
  const counted = told(["records", "matches", "entities", "rows"]);
  return (counted.length > 0 ? counted : told(["files"])).join(", ");
}
