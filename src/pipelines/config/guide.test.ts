import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { inferLinkage, linkageSchema } from "../../linkage/index.ts";
import { sourceSchema } from "../../records/index.ts";
import { inFolderOf } from "../fixtures/catalogues.ts";
import { loadByNode } from "../fixtures/load-by-node.ts";
import { defaultLinkageParams } from "../linkage/params.ts";
import { configSchema } from "./config.ts";

const guide = await readFile(new URL("../../../docs/guide/configuration.md", import.meta.url), "utf8");

/** What the guide says of the keys under a heading: their defaults by key. */
function keysUnder(heading: string): Map<string, string> {
  const section = guide.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.matchAll(/^\| `(\w+)` \| .* \| (.*) ?\|$/gm);
  return new Map(Array.from(rows, ([, key, fallback]) => [key as string, (fallback as string).trim()]));
}

test("every code block of the guide loads, and TypeScript and YAML say the same", async () => {
  const blocks = [...guide.matchAll(/```(ts|yaml)\n([\s\S]*?)```/g)].map(([, language, text]) => ({ language, text }));
  expect(blocks.map((block) => block.language)).toEqual(["ts", "yaml"]);
  const files = Object.fromEntries(blocks.map(({ language, text }, i) => [`guide-${i}.${language}`, text as string]));
  await inFolderOf(files, async (folder) => {
    const [typed, yaml] = await loadByNode(...Object.keys(files).map((file) => join(folder, file)));
    expect(typed).toEqual(yaml);
    expect(typed?.sources.map((source) => source.path)).toEqual(
      ["imdb/*.csv.gz", "shop.jsonl", "people.parquet"].map((path) => join(folder, path)),
    );
  });
});

test("the guide has every key that a configuration may have, and no other", () => {
  const { fields } = sourceSchema.shape;
  const settings = linkageSchema.omit({ entityType: true, sources: true, fields: true });
  expect([...keysUnder("Keys").keys()].sort()).toEqual(Object.keys(configSchema.shape).sort());
  expect([...keysUnder("Keys of a source").keys()].sort()).toEqual(Object.keys(sourceSchema.shape).sort());
  const fieldKeys = Object.keys(fields.unwrap().valueType.shape);
  expect([...keysUnder("Keys of a field").keys()].sort()).toEqual(fieldKeys.sort());
  expect([...keysUnder("Keys of linkage settings").keys()].sort()).toEqual(Object.keys(settings.shape).sort());
});

test("the defaults of the guide are those of the code", () => {
  const top = keysUnder("Keys");
  for (const key of ["threshold", "shards"] as const) expect(top.get(key)).toBe(String(defaultLinkageParams[key]));
  const settings = keysUnder("Keys of linkage settings");
  const title = { name: "title", kind: "title", list: false, fillBySource: { a: 1, b: 1 } } as const;
  const inferred = inferLinkage({ entityType: "film", sources: ["a", "b"], fields: [title] });
  for (const key of ["reviewThreshold", "keepWeight", "blockPairsMax", "samplePairs", "seed"] as const)
    expect(settings.get(key)).toBe(String(inferred[key]));
});

test("the guide to blocking has every key of likeness with its default, and rules that a configuration takes", async () => {
  const blocking = await readFile(new URL("../../../docs/guide/blocking.md", import.meta.url), "utf8");
  const rows = Array.from(blocking.matchAll(/^\| `(\w+)` \| .* \| (.*) ?\|$/gm), ([, key, fallback]) => [
    key,
    fallback?.trim(),
  ]);
  const lines = Array.from(blocking.matchAll(/^ {6}- (\{ name: .*\})$/gm), ([, rule]) => rule as string);
  const { rules } = linkageSchema.shape;
  const parsed = lines.map((line) => rules.element.parse(parseYaml(line)));
  const [topK] = parsed.flatMap((rule) => rule.topK ?? []);
  expect(parsed).toHaveLength(4);
  expect(rows.map(([key]) => key)).toEqual(Object.keys(topK ?? {}));
  for (const [key, fallback] of rows.slice(1))
    expect(fallback?.replaceAll("`", "")).toBe(String(topK?.[key as keyof typeof topK]));
});
