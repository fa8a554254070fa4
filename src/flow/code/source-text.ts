import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

/** Whether a file is code that imports others. */
export function isCode(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

/**
 * The JavaScript of a source file as Node runs it: types are blanked out, so that every place is where it was. What cannot be
 * stripped is returned as it is: whoever loads it is told.
 */
export function sourceText(file: string): string {
  const text = readFileSync(file, "utf8");
  if (!/\.[cm]?ts$/.test(file)) return text;
  try {
    return stripTypeScriptTypes(text);
  } catch {
    return text;
  }
}
