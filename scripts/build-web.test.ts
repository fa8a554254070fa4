import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWeb } from "./build-web.ts";

describe("the browser's bundle", () => {
  // Within the checkout, so that preact is found.
  const cache = fileURLToPath(new URL("../node_modules/.cache/kindred", import.meta.url));
  let folder = "";
  let files: Awaited<ReturnType<typeof buildWeb>>;

  beforeAll(async () => {
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, "web-"));
    writeFileSync(
      join(folder, "app.tsx"),
      'export const Page = () => <p>hello page</p>;\nexport const later = () => import("./later.ts");\n',
    );
    writeFileSync(join(folder, "later.ts"), 'export const text: string = "seen later";\n');
    writeFileSync(join(folder, "index.html"), "<!doctype html>\n");
    files = await buildWeb(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("holds everything the page needs to start, without an import of a package", () => {
    const app = String(files.get("app.js"));
    expect(app).toContain("hello page");
    expect(app).not.toMatch(/from\s*"(?!\.)/);
  });

  test("leaves what is imported dynamically to a file of its own", () => {
    const chunk = [...files.keys()].find((name) => /^later-.*\.js$/.test(name)) as string;
    expect(String(files.get(chunk))).toContain("seen later");
    expect(String(files.get("app.js"))).not.toContain("seen later");
  });

  test("takes pages and styles as they are, and is the same each time", async () => {
    expect(String(files.get("index.html"))).toBe("<!doctype html>\n");
    expect(await buildWeb(folder)).toEqual(files);
  });
});
