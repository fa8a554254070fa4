import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { type ClassifyRequest, classifyPairs } from "./classify-pairs.ts";

const makers = ["lumen", "acme", "zeta", "orbit"];
const things = ["kettle", "lamp", "radio", "camera", "fan"];

/** Pairs of things for sale: a match has the same code, a non-match another of the same maker. */
function madePairs(count: number, seed: number): string[][] {
  const random = seededRandom(seed);
  const pick = (words: readonly string[]) => words[random.integer(words.length)] as string;
  const code = () => `${pick(["x", "k", "rt"])}${100 + random.integer(900)}`;
  return Array.from({ length: count }, (_, i) => {
    const [maker, thing, own] = [pick(makers), pick(things), code()];
    const match = random.integer(4) === 0;
    const other = match ? own.toUpperCase() : code();
    const price = 10 + random.integer(200);
    return [
      match ? "1" : "0",
      `p${i}`,
      `${maker} ${thing} ${own}`,
      String(price),
      `${thing} "${other}", ${maker}`,
      String(match ? price + 1 : 10 + random.integer(200)),
    ];
  });
}

const header = ["label", "pair_id", "left_name", "left_price", "right_name", "right_price"];

function csv(rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(",")).join("\n");
}

describe("classifying pairs", () => {
  let folder = "";
  let request: ClassifyRequest;
  const testRows = madePairs(120, 3);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "classify-"));
    const put = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    request = {
      train: await put("train.csv", csv(madePairs(240, 1))),
      valid: await put("valid.csv", csv(madePairs(60, 2))),
      test: await put("test.csv", csv(testRows)),
      out: join(folder, "out.csv"),
      ignore: [],
      context: true,
      reasons: false,
    };
  });

  const outputOf = async (own: Partial<ClassifyRequest>): Promise<string> => {
    const out = join(folder, `out-${JSON.stringify(own).length}.csv`);
    await classifyPairs({ ...request, out, ...own });
    return readFile(own.out ?? out, "utf8");
  };

  const put = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  test("gives every pair a probability, in the order of the file, beside its id", async () => {
    const result = await classifyPairs(request);
    const [head, ...lines] = (await readFile(request.out, "utf8")).trimEnd().split("\n");
    expect(head).toBe("pair_id,probability");
    expect(lines.map((line) => line.split(",")[0])).toEqual(testRows.map((row) => row[1]));
    for (const line of lines) expect(Number(line.split(",")[1])).toBeGreaterThan(0);
    expect(result.test?.f1).toBeGreaterThan(0.95);
    expect(result.learnt?.labelled).toBe(300);
    expect(result.valid?.labelled).toBe(60);
    expect((await readdir(folder)).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  test("never reads the labels of what it classifies", async () => {
    const wrong = testRows.map(([label, ...rest]) => [label === "1" ? "0" : "1", ...rest]);
    const without = csv(testRows).replaceAll(/^"[^"]*",/gm, "");
    const expected = await outputOf({});
    expect(await outputOf({ test: await put("wrong.csv", csv(wrong)) })).toBe(expected);
    expect(await outputOf({ test: await put("without.csv", without) })).toBe(expected);
  });

  test("gives a pair the same probability whatever the order of pairs in each file", async () => {
    const byId = (text: string) => text.trimEnd().split("\n").sort();
    const expected = byId(await outputOf({}));
    const train = await put("train-turned.csv", csv(madePairs(240, 1).reverse()));
    const turned = await put("test-turned.csv", csv(testRows.toReversed()));
    expect(byId(await outputOf({ train, test: turned }))).toEqual(expected);
  });

  test("keeps a model that classifies other pairs without labelled ones", async () => {
    const modelOut = join(folder, "model.json");
    const seen = await outputOf({ context: false, modelOut });
    const { train: _train, valid: _valid, ...rest } = request;
    const again = await classifyPairs({ ...rest, model: modelOut, out: join(folder, "by-model.csv"), reasons: true });
    expect(again.test?.f1).toBeGreaterThan(0.9);
    expect(seen.split("\n")).toHaveLength(122);
    const lines = (await readFile(join(folder, "by-model.csv"), "utf8")).split("\n");
    expect(lines[0]).toBe("pair_id,probability,reasons");
    expect(lines[1]).toMatch(/\([+-]\d/);
  });

  test("takes no ignored column for evidence", async () => {
    const told = (rows: string[][]) =>
      rows.map((row) => [...row.slice(0, 3), row[0] as string, row[4] as string, row[0] as string]);
    const train = await put("told-train.csv", csv(told(madePairs(240, 1))));
    const own = { train, valid: train, test: await put("told.csv", csv(told(testRows))), ignore: ["left_price"] };
    const result = await classifyPairs({ ...request, ...own, out: join(folder, "told-out.csv") });
    expect(result.importance.some(({ feature }) => feature.includes("price"))).toBe(false);
  });

  test("is bounded by nothing that a value can hold: empty columns, a megabyte, digits without end, infinite numbers", async () => {
    const odd = [
      "",
      "NaN",
      "1e400",
      "-Infinity",
      "9".repeat(200_000),
      "0".repeat(100_000),
      "a".repeat(1_000_000),
      "\ud800|\u202e",
      "1|".repeat(50_000),
    ];
    const hostile = (rows: string[][]) =>
      rows.map((row, i) => [
        ...row.slice(0, 3),
        odd[i % odd.length] as string,
        row[4] as string,
        odd[(i >> 1) % odd.length] as string,
      ]);
    const train = await put("odd-train.csv", csv(hostile(madePairs(60, 1))));
    const test = await put("odd-test.csv", csv(hostile(madePairs(20, 2))));
    const { valid: _valid, ...rest } = request;
    const result = await classifyPairs({ ...rest, train, test, out: join(folder, "odd.csv") });
    expect(result.pairs).toBe(20);
    expect((await readFile(join(folder, "odd.csv"), "utf8")).split("\n")).toHaveLength(22);
  });

  test.each([
    ["no label", "pair_id,left_name,right_name\n1,a,b\n", "column-missing", /label/],
    [
      "no match",
      "label,left_name,left_price,right_name,right_price\n0,a,1,b,2\n",
      "source-malformed",
      /labelled a match/,
    ],
    [
      "a word that is no label",
      "label,left_name,left_price,right_name,right_price\nperhaps,a,1,b,2\n",
      "source-malformed",
      /row 1.*perhaps/,
    ],
    ["no right record", "label,left_name\n1,a\n0,b\n", "column-missing", /right_/],
    [
      "a column that the test lacks",
      "label,left_name,left_maker,right_name\n1,a,b,c\n0,d,e,f\n",
      "column-missing",
      /left_maker/,
    ],
    ["a torn row", 'label,left_name,left_price,right_name,right_price\n1,"a,1,b,2\n', "source-malformed", /row 1/],
  ])("refuses labelled pairs with %s, and says where", async (what, text, code, message) => {
    const train = await put(`bad ${what}.csv`, text);
    const { valid: _valid, ...rest } = request;
    const refused = classifyPairs({ ...rest, train, out: join(folder, "never.csv") });
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await readdir(folder)).not.toContain("never.csv");
  });

  test("refuses to write over what it reads", async () => {
    const refused = classifyPairs({ ...request, out: request.test });
    await expect(refused).rejects.toMatchObject({ code: "argument-invalid" });
  });
});
