import { posix, win32 } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { assetName } from "./asset-name.ts";

test("pages' files are found by their names, and the pages themselves at the root", () => {
  expect(["/", "/app.js", "/fonts/inter-v2.woff2"].map(assetName)).toEqual([
    "index.html",
    "app.js",
    "fonts/inter-v2.woff2",
  ]);
});

test("a name never leads out of the folder", () => {
  for (const path of [
    "//etc/passwd",
    "/../a",
    "/a/../../b",
    "/.env",
    "/a\u0000b",
    "/\\..\\a",
    "/c:a",
    "/a/",
    "/%2e%2e/a",
  ])
    expect([path, assetName(path)]).toEqual([path, undefined]);
  const parts = fc.constantFrom("..", ".", "/", "\\", "a", "b.js", "c:", "\u0000", "%2e", "~");
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (found) => {
      const name = assetName(`/${found.join("")}`);
      if (name === undefined) return;
      expect(posix.resolve("/pages", name).startsWith("/pages/")).toBe(true);
      expect(win32.resolve("c:\\pages", name).startsWith("c:\\pages\\")).toBe(true);
    }),
    { seed: 7 },
  );
});
