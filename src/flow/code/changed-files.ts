import type { CodePin } from "./code-pin.ts";

/** How the files that a run was pinned to and those of the code here differ, for people: `lengths.ts changed`. */
export function changedFiles({ files: before = {} }: CodePin, { files: after = {} }: CodePin): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path) => {
    if (before[path] === after[path]) return [];
    if (before[path] === undefined) return [`${path} is new`];
    return [after[path] === undefined ? `${path} is gone` : `${path} changed`];
  });
}
