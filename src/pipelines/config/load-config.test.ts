import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadByNode } from "../fixtures/load-by-node.ts";
import { defineConfig, type KindredConfig } from "./config.ts";
import { loadConfig } from "./load-config.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindred-config-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function loaded(name: string, text: string): Promise<KindredConfig> {
  await writeFile(join(folder, name), text);
  return loadConfig(join(folder, name));
}

const config = defineConfig({
  sources: [{ name: "a", path: "films.csv", fields: { title: { from: "t", kind: "title" } } }],
  ignore: ["imdb_id"],
  documents: ["texts"],
});

const invalid = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "",
    (error: Error) => error.message,
  );

describe("a configuration", () => {
  test("is the same whether it is written in TypeScript, YAML or JSON, with paths from its own folder", async () => {
    const json = await loaded("k.json", JSON.stringify(config));
    const yaml = await loaded(
      "k.yaml",
      "sources:\n  - name: a\n    path: films.csv\n    fields: { title: { from: t, kind: title } }\nignore: [imdb_id]\ndocuments: [texts]\n",
    );
    const typed = await loaded("k.config.ts", `export default ${JSON.stringify(config)} as const;\n`);
    expect(yaml).toEqual(json);
    expect(typed).toEqual(json);
    expect([json.sources[0]?.path, json.documents]).toEqual([join(folder, "films.csv"), [join(folder, "texts")]]);
  });

  test("that is wrong is told of every place at once", async () => {
    const message = await invalid(
      loaded("bad.json", JSON.stringify({ sources: [{ name: "", path: "x" }], threshold: 7, colour: 1 })),
    );
    for (const part of ["bad.json", "sources.0.name", "threshold", "colour"]) expect(message).toContain(part);
  });

  test("that is missing, or no YAML, is told with its file", async () => {
    expect(await invalid(loadConfig(join(folder, "none.yaml")))).toContain("none.yaml: no such file");
    expect(await invalid(loaded("torn.yaml", "sources: [\n"))).toContain("torn.yaml");
  });

  test("cannot name a kind of field that there is not", () => {
    // @ts-expect-error: "tittle" is no kind
    defineConfig({ sources: [{ name: "a", path: "b", fields: { title: { kind: "tittle" } } }] });
  });

  test("refuses a key that nothing would read, at any depth", async () => {
    const source = { name: "a", path: "b" };
    const wrong = {
      top: { sources: [source], thresholds: 0.5 },
      source: { sources: [{ ...source, ids: "x" }] },
      field: { sources: [{ ...source, fields: { title: { form: "t" } } }] },
      linkage: { sources: [source], linkage: { film: { blockPairMax: 5 } } },
      ofRecords: { sources: [source], linkage: { film: { sources: ["a"] } } },
    };
    const keys = ["thresholds", "ids", "form", "blockPairMax", "sources"];
    const messages = await Promise.all(
      Object.entries(wrong).map(([name, config]) => invalid(loaded(`${name}.json`, JSON.stringify(config)))),
    );
    messages.forEach((message, i) => {
      expect(message).toContain(`"${keys[i]}"`);
    });
  });

  test("may begin with the mark that editors of Windows write, and may be a module without types", async () => {
    expect(await loaded("bom.json", `\uFEFF${JSON.stringify(config)}`)).toEqual(
      await loaded("k.mjs", `export default ${JSON.stringify(config)};`),
    );
  });

  test("that is a module which exports nothing, or is not there, is told so", async () => {
    expect(await invalid(loaded("none.mjs", "export const config = {};"))).toMatch(/none\.mjs.*default/);
    expect(await invalid(loadConfig(join(folder, "absent.ts")))).toContain("absent.ts: no such file");
    expect(await invalid(loaded("torn.mjs", "export default {"))).toContain("torn.mjs");
  });

  test("imports kindred and its rooms wherever it lies, also where no package is installed or built", async () => {
    await writeFile(
      join(folder, "kindred.config.ts"),
      `import { defineConfig, type KindredConfig } from "kindred";
       import { linkageSchema } from "kindred/linkage";
       const path: string = linkageSchema ? "films.csv" : "";
       export default defineConfig({ sources: [{ name: "a", path }] }) satisfies KindredConfig;`,
    );
    expect(await loadByNode(join(folder, "kindred.config.ts"))).toEqual([
      { sources: [{ name: "a", path: join(folder, "films.csv") }] },
    ]);
  });
});
