import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isKindredError, KindredError, thrownMessage } from "../base/index.ts";

/** Whatever a module of the user's throws while it is loaded is the user's to mend: told with its place, not as a bug of Kindred. */
export function importError(url: string, error: unknown): unknown {
  if (isKindredError(error)) return error;
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  const file = url.startsWith("file:") ? fileURLToPath(url) : url;
  const place = placeOf(error) ?? (error instanceof SyntaxError ? syntaxPlace(file) : null);
  const seen =
    code === "EISDIR"
      ? "it is a folder"
      : existsSync(file) || !url.startsWith("file:")
        ? thrownMessage(error)
        : "there is no such file";
  const hint = hintOf(error);
  return new KindredError("config-invalid", {
    seen: `the module of the flow cannot be loaded (${seen}${place === null ? "" : `, at ${place}`})`,
    ...(hint === null ? {} : { hint }),
    where: { file },
    cause: error,
  });
}

/** Where in a file of the user's: the line above the source that Node shows, else where the stack begins, unless that is Node or us. */
function placeOf(error: unknown): string | null {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const shown = /^(\S.*:\d+)\n/.exec(stack)?.[1];
  if (shown !== undefined && !shown.includes(": ")) return asPath(shown);
  const frame = /^\s+at (?:.*\()?((?:file:\/\/|\/).*?:\d+:\d+)\)?$/m.exec(stack)?.[1];
  if (frame === undefined) return null;
  const url = frame.startsWith("file:") ? frame : pathToFileURL(frame).href;
  return url.startsWith(new URL("..", import.meta.url).href) ? null : asPath(url);
}

/** Of a module of JavaScript that it cannot parse, Node tells the place to nobody but who reads what it prints. */
function syntaxPlace(file: string): string | null {
  const { stderr } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8", timeout: 10_000 });
  const shown = /^(\S.*:\d+)\n/.exec(stderr ?? "")?.[1];
  return shown === undefined ? null : asPath(shown);
}

function hintOf(error: unknown): string | null {
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
  switch (code) {
    case "ERR_UNKNOWN_FILE_EXTENSION":
      return "Node runs .ts files from 22.18 on; older ones run .js";
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return "Node takes types away and leaves the rest: write a const object for an enum, a field for a parameter property, or compile the file to .js first";
    case "ERR_MODULE_NOT_FOUND": {
      const path = /^Cannot find module '(.*)' imported/.exec(message)?.[1];
      const ending =
        path === undefined ? undefined : [".ts", ".js", ".mjs", "/index.ts"].find((end) => existsSync(path + end));
      return ending === undefined ? null : `An import names the whole file: ${path}${ending}`;
    }
    default:
      return null;
  }
}

/** As an editor opens it. */
function asPath(place: string): string {
  if (!place.startsWith("file:")) return place;
  const [, url, position] = /^(.*?)((?::\d+)+)$/.exec(place) ?? [];
  return url === undefined ? place : `${fileURLToPath(url)}${position}`;
}
