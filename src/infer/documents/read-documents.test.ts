import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { maxDocumentBytes, readDocuments } from "../index.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindred-documents-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe("documents", () => {
  test("come from files, folders and globs, each once, in an order that does not depend on the disk", async () => {
    const b = await put("b.txt", "Second.");
    const a = await put(
      "deep/a.md",
      "---\ntitle: A\nabout: {type: film, name: Alien, year: 1979}\nnote: ours\n---\nFirst.",
    );
    await put("c.csv", "not,a,document");
    const lines = await put("l.jsonl", '{"id": "x", "text": "Third.", "title": "T"}\n\n{"id": 7, "text": "Fourth."}\n');
    const documents = await readDocuments([folder, b, join(folder, "*.txt")]);
    expect(documents.map(({ id }) => id)).toEqual([b, a, `${lines}#x`, `${lines}#7`]);
    expect(documents[0]).toEqual({ id: b, text: "Second.", title: "b" });
    expect(documents[1]).toMatchObject({
      title: "A",
      about: { kind: "mention", entityType: "film", name: "Alien", year: 1979 },
    });
    expect(documents[1]?.text.slice(documents[1].bodyStart)).toBe("First.");
  });

  test("keep their bytes: a byte order mark and Windows line ends stay in the text", async () => {
    const [document] = await readDocuments([await put("w.md", "\uFEFF---\r\ntitle: W\r\n---\r\nÉté.\r\n")]);
    expect(document?.text).toBe("\uFEFF---\r\ntitle: W\r\n---\r\nÉté.\r\n");
    expect(document?.title).toBe("W");
  });
});

describe("what cannot be read is refused with its place:", () => {
  test.each([
    ["a missing file", "none.txt", undefined, { code: "source-missing" }],
    ["an empty file", "e.txt", " \n", { code: "source-empty" }],
    ["an unknown kind of file", "d.pdf", "%PDF", { code: "argument-invalid" }],
    [
      "Latin-1, with the line",
      "l.txt",
      Buffer.from("one\ntwo\ncaf\xe9\n", "latin1"),
      { code: "source-encoding", parts: { where: { row: 3 } } },
    ],
    [
      "a broken line",
      "j.jsonl",
      '{"id": "a", "text": "x"}\n{"id": \n',
      { code: "source-malformed", parts: { where: { row: 2 } } },
    ],
    ["a line without text", "j.jsonl", '{"id": "a"}\n', { code: "source-malformed", parts: { where: { row: 1 } } }],
    ["half a character in JSON", "j.jsonl", '{"id": "a", "text": "\\ud800"}\n', { code: "source-encoding" }],
    [
      "the same id twice",
      "j.jsonl",
      '{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n',
      { code: "source-duplicate-id" },
    ],
    ["front matter that is no YAML", "f.md", "---\ntitle: [\n---\n", { code: "source-malformed" }],
    ["a document that is too long", "big.txt", Buffer.alloc(maxDocumentBytes + 1, 97), { code: "limit-exceeded" }],
  ] as const)("%s", async (_what, name, content, expected) => {
    const path = content === undefined ? join(folder, name) : await put(name, content);
    await expect(readDocuments([path])).rejects.toMatchObject(expected);
    await expect(readDocuments([path])).rejects.toThrow(name);
  });

  test("a folder without documents", async () => {
    await put("a.csv", "x");
    await expect(readDocuments([folder])).rejects.toMatchObject({ code: "source-empty" });
  });
});
