import { z } from "zod";
import { KindredError } from "../../base/index.ts";
import { assertDocumentSize, type Document } from "./document.ts";

const lineSchema = z.looseObject({
  id: z.union([z.string().min(1), z.int().transform(String)]),
  text: z.string(),
  title: z.string().optional(),
});

/**
 * Documents of a JSON Lines file, one a line: `{id, text, title?}`. Byte offsets of claims are those in `text`.
 * @throws source-malformed with the line
 */
export function readJsonLines(content: string, file: string): Document[] {
  return content
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [readLine(line, file, index + 1)]));
}

function readLine(line: string, file: string, row: number): Document {
  const where = { file, row };
  const result = lineSchema.safeParse(parsed(line, where));
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "the line"}: ${issue.message}`);
    throw new KindredError("source-malformed", { seen: problems.join("; "), expected: lineShape, where });
  }
  const { id, text, title } = result.data;
  assertDocumentSize(Buffer.byteLength(text), where);
  return { id: `${file}#${id}`, text, ...(title === undefined ? {} : { title }) };
}

const lineShape = 'one document a line, such as {"id": "a1", "text": "...", "title": "..."}';

function parsed(line: string, where: { file: string; row: number }): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new KindredError("source-malformed", {
      seen: `invalid JSON (${(cause as Error).message})`,
      expected: lineShape,
      where,
      cause,
    });
  }
}
