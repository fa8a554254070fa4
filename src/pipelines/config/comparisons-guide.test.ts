import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { comparisonKinds, linkageSchema } from "../../linkage/index.ts";
import { hostIn, inFolderOf } from "../fixtures/catalogues.ts";
import { loadByNode } from "../fixtures/load-by-node.ts";
import type { LinkageParams } from "../linkage/params.ts";
import { runLinkage } from "../linkage/run-linkage.ts";

const read = (name: string): Promise<string> =>
  readFile(new URL(`../../../docs/guide/${name}`, import.meta.url), "utf8");
const guide = await read("comparisons.md");
/** The code blocks of the guide by the file name in their first line. */
const files = Object.fromEntries(
  Array.from(guide.matchAll(/```(?:ts|yaml)\n(?:\/\/|#) (\S+)\n([\s\S]*?)```/g), ([, name, text]) => [name, text]),
) as Readonly<Record<string, string>>;

const plots = ["A heist goes wrong", "Two sisters quarrel", "The last ship leaves", "A judge is blackmailed"];
const rows = Array.from({ length: 24 }, (_, i) => ({
  title: `The ${["Silent", "Broken", "Golden"][i % 3]} ${["River", "Mirror", "Signal", "Meadow"][i % 4]} ${i}`,
  year: 1950 + (i % 40),
  wide: i % 2 === 0,
  plot: `${plots[i % 4]}, number ${i * 7}.`,
}));
const shop = rows.map((row, i) => `s${i},${row.title},${row.year},${row.wide ? "16:9" : "4:3"},"${row.plot}"`);
const archive = rows.map((row, i) => `a${i},${row.title},${row.year},${row.wide ? "1.78:1" : "1.33"},"${row.plot}"`);
const catalogues = {
  "shop.csv": ["id,title,year,aspect,plot", ...shop].join("\n"),
  "archive.csv": ["id,title,year,ratio,story", ...archive].join("\n"),
};

interface Trained {
  readonly settings: { readonly comparisons: readonly Record<string, unknown>[] };
  readonly rules: readonly { readonly comparisons: readonly { readonly kind: string; readonly levels: object[] }[] }[];
}

/** Links as one of the guide's configurations says: the pairs that matched, and the model. */
async function linked(folder: string, config: string): Promise<{ pairs: string[]; model: Trained }> {
  const [loaded] = await loadByNode(join(folder, config));
  const out = join(folder, "out");
  const linkage = (loaded?.linkage ?? {}) as LinkageParams["linkage"];
  await runLinkage({ sources: loaded?.sources ?? [], linkage, out, shards: 1 }, hostIn(folder));
  const matches: Record<string, string>[] = parse(await readFile(join(out, "matches.csv"), "utf8"), { columns: true });
  const model = JSON.parse(await readFile(join(out, "model.json"), "utf8"));
  return { pairs: matches.map((row) => `${row.left_id} ${row.right_id}`).sort(), model: model.types.film };
}

const expected = rows.map((_, i) => `s${i} a${i}`).sort();

test("a comparison of one's own works as the guide has it, in every worker", async () => {
  await inFolderOf({ ...catalogues, ...files }, async (folder) => {
    const { pairs, model } = await linked(folder, "kindred.config.ts");
    expect(pairs).toEqual(expected);
    expect(model.settings.comparisons[2]).toEqual({
      field: "aspect",
      kind: "aspectRatio",
      module: join(folder, "kindred.config.ts"),
    });
    const own = model.rules[0]?.comparisons[2];
    expect(own?.levels).toMatchObject([{ label: "another format" }, { label: "same format" }]);
  });
});

test("vectors of a model of one's own are compared as the guide has it, beside a comparison in a file of its own", async () => {
  const own = (files["kindred.config.ts"] as string).replace(/^import .*"kindred";\n/m, "").split("export default")[0];
  const named = `${files["embedding.yaml"]}      - { field: ratio, kind: aspectRatio, module: ./aspect-ratio.ts }\n`
    .replace("fields:", "fields:\n      ratio: { from: aspect, kind: text }")
    .replace("gist: { from: story", "ratio: { from: ratio, kind: text }\n      gist: { from: story");
  const written = { ...catalogues, ...files, "aspect-ratio.ts": own as string, "named.yaml": named };
  await inFolderOf(written, async (folder) => {
    const { pairs, model } = await linked(folder, "named.yaml");
    expect(pairs).toEqual(expected);
    expect(model.settings.comparisons.map(({ kind }) => kind)).toEqual(["title", "embedding", "aspectRatio"]);
    expect(model.settings.comparisons[2]).toMatchObject({ module: join(folder, "aspect-ratio.ts") });
  });
});

test("texts without a model and a module that defines nothing are told as such", async () => {
  const { "embedding.yaml": embedding = "", "comparisons.yaml": plain = "" } = files;
  const wrong = {
    "none.yaml": embedding.replaceAll(", model: ./model.ts", ""),
    "empty.yaml": plain.replace("kind: title", "kind: colour, module: ./empty.ts"),
  };
  await inFolderOf({ ...catalogues, ...wrong, "empty.ts": "export {};" }, async (folder) => {
    const messageOf = (config: string): Promise<string> => linked(folder, config).then(String, String);
    expect(await messageOf("none.yaml")).toMatch(/"gist" of (shop|archive) holds texts[\s\S]*model/);
    expect(await messageOf("empty.yaml")).toMatch(/"colour", which .*empty\.ts does not define/);
  });
});

test("the guides list every kind of comparison, their keys, and every key maker, and no other", async () => {
  const names = (text: string): string[] => Array.from(text.matchAll(/`(\w+)`/g), ([, name]) => name as string);
  const firstCells = (section: string): string[] =>
    [...section.matchAll(/^\| (`.*?) \| /gm)].flatMap(([, cell]) => names(cell as string));
  const kinds = guide.split("## Kinds\n")[1]?.split("\nKeys beside")[0] ?? "";
  expect(firstCells(kinds).sort()).toEqual(comparisonKinds().sort());
  const keys = guide.split("Keys beside")[1]?.split("\n## ")[0] ?? "";
  const { comparisons, rules } = linkageSchema.shape;
  const [own] = [Object.keys(comparisons.element.shape).filter((key) => key !== "field" && key !== "kind")];
  expect(firstCells(keys).sort()).toEqual(own?.sort());
  const makers = (await read("configuration.md")).split("## Key makers\n")[1] ?? "";
  const maker = rules.element.shape.keys.unwrap().element.shape.maker;
  expect(firstCells(makers).sort()).toEqual([...maker.options].sort());
});
