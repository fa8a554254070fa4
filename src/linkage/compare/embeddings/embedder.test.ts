import { describe, expect, test } from "vitest";
import { isKindredError } from "../../../base/index.ts";
import { findColumn, TableBuilder, type TextColumn, textAt } from "../../../columns/index.ts";
import { EmbeddedTexts, type Embedder } from "./embedder.ts";
import { readVector } from "./vector.ts";

function columnOf(...texts: (string | null)[]): TextColumn {
  const builder = new TableBuilder([{ name: "plot", kind: "text" }]);
  for (const text of texts) builder.append([text]);
  return findColumn(builder.build(), "plot") as TextColumn;
}

function vectorsOf(column: TextColumn): (readonly number[] | null)[] {
  return Array.from(column.ids, (_, row) => {
    const text = textAt(column, row);
    return text === null ? null : Array.from(readVector(text) as Float32Array);
  });
}

/** Lengths and words: alike for texts that are alike in these. It notes what it was given. */
function counting(): { readonly asked: string[]; readonly embedder: Embedder } {
  const asked: string[] = [];
  const embed = (texts: readonly string[]) => {
    asked.push(...texts);
    return texts.map((text) => [text.length, text.split(" ").length]);
  };
  return { asked, embedder: { batchSize: 2, embed } };
}

function refused(embedder: Embedder | null, ...texts: string[]): Promise<[code: string, message: string]> {
  return new EmbeddedTexts(embedder, 'the field "plot" of shop').column(columnOf(...texts)).then(
    () => ["none", ""],
    (error: unknown) => (isKindredError(error) ? [error.code, error.message] : ["other", String(error)]),
  );
}

describe("texts become vectors", () => {
  test("by the model, each text once however often it comes, in this column or a later one", async () => {
    const { asked, embedder } = counting();
    const texts = new EmbeddedTexts(embedder, "plot");
    const first = await texts.column(columnOf("a b", "ccc", null, "a b", "d"));
    expect(vectorsOf(first)).toEqual([[3, 2], [3, 1], null, [3, 2], [1, 1]]);
    expect(vectorsOf(await texts.column(columnOf("d", "e f g")))).toEqual([
      [1, 1],
      [5, 3],
    ]);
    expect(asked).toEqual(["a b", "ccc", "d", "e f g"]);
  });

  test("as they stand where they are vectors already, with or without a model", async () => {
    const { asked, embedder } = counting();
    for (const model of [embedder, null]) {
      const column = await new EmbeddedTexts(model, "plot").column(columnOf("[1, 2]", null, "[3, 4]"));
      expect(vectorsOf(column)).toEqual([[1, 2], null, [3, 4]]);
    }
    expect(asked).toEqual([]);
  });

  test("or are missing where there is no model and a single one is no vector", async () => {
    const column = await new EmbeddedTexts(null, "plot").column(columnOf("[1, 2]", "torn ["));
    expect(vectorsOf(column)).toEqual([[1, 2], null]);
  });
});

describe("is refused", () => {
  test("what needs a model where there is none, with the field and what to do", async () => {
    const [code, message] = await refused(null, "A heist goes wrong");
    expect(code).toBe("model-missing");
    for (const part of ['"plot" of shop', "A heist goes wrong", "model:"]) expect(message).toContain(part);
  });

  test.each([
    ["too few vectors", () => [[1, 2]]],
    ["vectors of two lengths", () => [[1, 2], [1]]],
    ["vectors without numbers", () => [[], []]],
    [
      "numbers that are none",
      () => [
        [1, Number.NaN],
        [1, 2],
      ],
    ],
  ])("a model that makes %s", async (_what, embed) => {
    expect((await refused({ embed }, "one", "two"))[0]).toBe("config-invalid");
  });
});
