import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

  test("in the guide is one that loads", async () => {
    const guide = await readFile(
      fileURLToPath(new URL("../../../docs/guide/configuration.md", import.meta.url)),
      "utf8",
    );
    const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
    const fromGuide = await loaded("guide.yaml", yaml);
    expect(fromGuide.sources.map((source) => source.name)).toEqual(["imdb", "shop", "people"]);
    const keys = [...guide.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
    for (const key of Object.keys(fromGuide)) expect(keys).toContain(key);
  });
});
