import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { columnOf, decodeTable, textAt } from "../../columns/index.ts";
import { graphFiles } from "./manifest.ts";

/** A record and the entity it belongs to. */
export interface MemberEntity {
  readonly entity: string;
  readonly source: string;
  readonly id: string;
}

/** Every record of a graph folder once, by source and id, without opening the rest of the graph. */
export async function* memberEntities(directory: string): AsyncGenerator<MemberEntity> {
  const table = decodeTable(await readFile(join(directory, graphFiles.members)));
  const text = (name: string): ((row: number) => string) => {
    const column = columnOf(table, name, "text");
    return (row) => textAt(column, row) as string;
  };
  const [entity, source, id] = [text("entity"), text("source"), text("id")];
  for (let row = 0; row < table.rowCount; row++) yield { entity: entity(row), source: source(row), id: id(row) };
}
