import { type Import, importsOf } from "./imports.ts";
import { isTest, type SourceFile } from "./source-file.ts";
import type { Violation } from "./violation.ts";

const domain = ["base", "columns", "ontology", "records", "linkage", "graph", "infer", "flow"];

/** Which rooms a room may import: docs/architecture.md draws it. */
const roomsBelow: Readonly<Record<string, readonly string[]>> = {
  base: [],
  columns: ["base"],
  ontology: ["base"],
  records: ["base", "columns"],
  linkage: ["base", "columns", "records"],
  graph: ["base", "columns", "ontology"],
  infer: ["base", "ontology"],
  flow: ["base"],
  pipelines: domain,
  serve: ["base", "ontology", "graph", "linkage", "flow"],
  cli: [...domain, "pipelines", "serve"],
};

/** Imports between rooms go downwards only, and only through the other room's index.ts. */
export function roomViolations(file: SourceFile): Violation[] {
  const room = roomOf(file.path);
  if (room === undefined) return file.path.startsWith("web/") ? webViolations(file) : [];
  if (room !== "" && !(room in roomsBelow)) {
    const todo = "name it in roomsBelow of test/architecture/room-rules.ts with the rooms below it";
    return [{ file: file.path, line: 1, what: `is in an unknown room "${room}"`, todo }];
  }
  return importsOf(file).flatMap((imported) => {
    const fault = faultOf(file.path, room, imported);
    return fault ? [{ file: file.path, line: imported.line, ...fault }] : [];
  });
}

/** `src/flow/x.ts` -> flow; a file of src itself -> the empty text; undefined outside src. */
function roomOf(path: string): string | undefined {
  const parts = path.split("/");
  if (parts[0] !== "src") return undefined;
  return parts.length === 2 ? "" : parts[1];
}

function faultOf(path: string, room: string, imported: Import): Pick<Violation, "what" | "todo"> | undefined {
  if (imported.target === undefined) return undefined;
  const what = `imports ${imported.target}`;
  const otherRoom = roomOf(imported.target);
  if (otherRoom === undefined) {
    const allowed = isTest(path) && imported.target.startsWith("test/");
    return allowed ? undefined : { what, todo: "src/ stands alone: move what is needed into a room" };
  }
  if (otherRoom === room) return undefined;
  if (room !== "" && !roomsBelow[room]?.includes(otherRoom)) {
    const below = roomsBelow[room]?.join(", ") || "no other room";
    return { what, todo: `${room} may import ${below}; hand the value in from above, or move the code` };
  }
  if (imported.target === `src/${otherRoom}/index.ts`) return undefined;
  return { what, todo: `enter the room through src/${otherRoom}/index.ts` };
}

/** The browser shares types with the server, and no code. */
function webViolations(file: SourceFile): Violation[] {
  return importsOf(file)
    .filter(({ target, typeOnly }) => target !== undefined && !target.startsWith("web/") && !typeOnly)
    .filter(({ target }) => !(isTest(file.path) && target?.startsWith("test/")))
    .map(({ target, line }) => {
      const todo = "the browser shares only types with src/: use `import type`, or fetch it from the server";
      return { file: file.path, line, what: `imports ${target}`, todo };
    });
}
